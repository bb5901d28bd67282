import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'

test('a footnote leads to its note and the note leads back', async () => {
  const { html, notes } = await renderMarkdown('One.[^a]\n\n[^a]: The source.', 'en')
  const mark = /href="#([^"]+)" id="([^"]+)" aria-label="Note 1"/.exec(html)
  expect(mark).not.toBeNull()
  expect(notes).toContain(`id="${mark?.[1]}"`)
  expect(notes).toContain(`href="#${mark?.[2]}"`)
  expect(notes).toContain('aria-label="Back to the text"')
})

test('paragraphs are numbered so that one can cite them, in the language of the text', async () => {
  const { html } = await renderMarkdown('Uno.\n\n- punto\n\nDos.', 'es')
  expect(html).toMatch(/<p id="p1">Uno\. <a class="pn" href="#p1" aria-label="Párrafo 1">1<\/a><\/p>/)
  expect(html).toContain('<p id="p2">Dos.')
})

test('headings make the contents, and the page keeps its only first heading', async () => {
  const { html, contents } = await renderMarkdown('# One\n\ntext\n\n## Two & more', 'en')
  expect(contents).toEqual([{ id: 's1', text: 'One' }, { id: 's2', text: 'Two & more' }])
  expect(html).not.toContain('<h1')
})

test('words of another language keep their language; other HTML is printed as the words that it is', async () => {
  const { html } = await renderMarkdown('The <i lang="es">libreta</i> and <b onclick="x()">this</b>.', 'en')
  expect(html).toContain('<i lang="es">libreta</i>')
  expect(html).not.toMatch(/<b[ >]/)
  expect(html).toContain('onclick')
})

const ATTACKS = [
  '<script>alert(1)</script>', '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](data:text/html;base64,PHNjcmlwdD4=)', '![x](x.png "onerror")',
  '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<i lang="es" onclick=alert(1)>x</i>', '<i lang="es"><script>x</script></i>', '[x]: javascript:alert(1)\n[x]',
  '<a href="https://x.org" id="text">x</a>', '<style>*{display:none}</style>', '<iframe src=//x>', '<span lang=\'"><script>\'>x</span>', '`<script>`', '    <script>x</script>',
  'vbscript:x', '<https://x.org/"onmouseover="alert(1)>', '<javascript:alert(1)>', '[x](//evil.example)',
]
const LIVE = /<(script|img|svg|iframe|style|object|embed|form|input|base|link|meta)\b|<[^>]*\son\w+\s*=|<[^>]+(href|src)="\s*(javascript|data|vbscript):/i

test.each(ATTACKS)('%s dies', async (attack) => {
  const { html, notes } = await renderMarkdown(`Before.\n\n${attack}\n\nAfter.[^1]\n\n[^1]: ${attack}`, 'en')
  expect(html.replace(/"[^"]*"/g, (q) => q.replace(/\son\w+/g, '')) + notes).not.toMatch(LIVE)
})

test('no text makes live HTML or an error', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'grapheme' })), { maxLength: 6 }), async (parts) => {
    const { html, notes } = await renderMarkdown(parts.join('\n'), 'ht')
    return !/<(script|img|svg|iframe|style|form|input)\b/i.test(html + notes)
  }), { numRuns: 200 })
})
