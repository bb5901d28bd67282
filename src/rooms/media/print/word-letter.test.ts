import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import mammoth from 'mammoth'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import type { Site } from '#kernel/site/site.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { checkZip } from '#rooms/media/import/zip-check.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { wordLetter } from '#rooms/media/print/word-letter.ts'

const SITE: Site = {
  names: { en: { name: 'Alliance of examples', shortName: 'Alliance' }, ar: { name: 'تحالف', shortName: 'تحالف' } }, languages: ['en', 'es'], defaultLanguage: 'en', zone: 'America/Bogota', colour: null,
  contact: { email: 'press@example.org' }, menu: [], source: null, identity: '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', openedAt: null,
}
const ADDRESS = 'https://example.org/en/media/a-demand'
const MARKDOWN = `The first words.[^1] And **strong** ones, with [a link](https://example.org/other?a=1&b=2).

## A part

- one
- two
  1. inner

| Place | Year |
|---|---|
| Uruguay | 2002 |

*What the table shows*

> Said.
>
> — Somebody

[^1]: The *source* of it.
`

async function item(more: Partial<ItemPage> & { markdown?: string } = {}): Promise<ItemPage> {
  const { markdown = MARKDOWN, ...rest } = more
  const lang = rest.lang ?? 'en'
  const { html, notes, contents } = await renderMarkdown(markdown, lang)
  const at = Temporal.Instant.from('2026-11-24T15:00:00Z')
  return {
    id: '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31', kind: 'statement', lang, slug: 'a-demand', title: 'A demand', teaser: 'In short.', when: '2021-03-08', dateOf: 'adopted', regions: [{ place: 'UY' }], isStarter: false,
    languages: [], publicFrom: at, originalLang: lang, bodyHtml: html, notesHtml: notes, contents, topics: [], signers: [{ organisationId: null, name: 'Organisation A' }], issuedBy: null, sources: [],
    doubt: null, whenNotStatedBySource: false, corrections: [], inTranslation: [], updatedAt: at, minutes: 1, licence: 'CC BY 4.0', picture: null, files: [], related: [], series: null, byline: 'Lua', translator: null, byMachine: false, ...rest,
  }
}
const letterOf = async (more: Parameters<typeof item>[0] = {}) => wordLetter(await item(more), 'a4', SITE, ADDRESS)
const partsOf = (bytes: Buffer) => new Map([...checkZip(bytes)].map(([name, data]) => [name, data.toString()]))

function wellFormed(parts: Map<string, string>) {
  for (const [name, xml] of parts) {
    if (!/^(word\/(document|footnotes|header1|footer1)\.xml|docProps\/core\.xml|.*\.rels)$/.test(name)) continue
    const parser = new SaxesParser()
    parser.on('error', (error) => { throw new Error(`${name}: ${error.message}`) })
    parser.write(xml).close()
  }
}

test('a Word file has the title, the headings, lists, tables, quotations, links and footnotes of its text', async () => {
  const { value } = await mammoth.convertToHtml({ buffer: await letterOf() }, { styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Quote'] => blockquote > p:fresh"] })
  expect(value).toContain('<h1>A demand</h1>')
  expect(value).toContain('A part</h1>')
  expect(value).toMatch(/<ul><li>one<\/li><li>two<ol><li>inner<\/li><\/ol><\/li><\/ul>/)
  expect(value).toMatch(/<th><p><strong>Place<\/strong><\/p><\/th>/)
  expect(value).toMatch(/<blockquote><p>Said\.<\/p><p>— ?Somebody<\/p><\/blockquote>/)
  expect(value).toContain('<a href="https://example.org/other?a=1&amp;b=2">a link</a>')
  expect(value).toMatch(/<li id="footnote-\d+"><p>\s*The <em>source<\/em> of it\./)
  expect(value).not.toContain('\u200b')
})

test('the letterhead says who speaks, and beside the text stand when, where, who wrote and who signs', async () => {
  const parts = partsOf(await letterOf())
  const [header, footer, body] = ['header1', 'footer1', 'document'].map((name) => parts.get(`word/${name}.xml`)!.replace(/<[^>]+>/g, ''))
  expect(header).toContain('Alliance of examples')
  for (const said of ['press@example.org', ADDRESS, 'CC BY 4.0']) expect(footer).toContain(said)
  for (const said of ['8 March 2021', 'Uruguay', 'By Lua', 'Signed by', 'Organisation A', 'In short.']) expect(body).toContain(said)
  expect(parts.get('docProps/core.xml')).toContain('<dc:creator>Alliance of examples</dc:creator>')
  expect([...parts.keys()].filter((name) => /vba|embed|customXml/i.test(name))).toEqual([])
})

test('a text is marked with its language, and laid out from right to left where that is read so', async () => {
  const arabic = partsOf(await letterOf({ lang: 'ar', title: 'مطالب', markdown: 'نص عربي.\n\n| أ | ب |\n|---|---|\n| 1 | 2 |' })).get('word/document.xml')!
  expect(arabic).toContain('w:bidi="ar"')
  expect(arabic).toContain('<w:bidi/>')
  expect(arabic).toContain('<w:rtl/>')
  expect(arabic).toContain('<w:bidiVisual/>')
  const latin = partsOf(await letterOf({ lang: 'pt-br' })).get('word/document.xml')!
  expect(latin).toContain('w:val="pt-BR"')
  expect(latin).not.toMatch(/<w:(bidi|rtl|bidiVisual)\/>/)
})

test('no text makes a file that Word cannot open', async () => {
  const hostile = fc.oneof(fc.constantFrom(']]>', '<w:p>', '&amp;', '\u0000', '\u0008', '\ud800', '\udfff', '\ufffe', '<!--', '"\'<>', '\u202e', '[^1]\n\n[^1]: \u0001', '[x](https://e.x/"<>&)'), fc.string({ unit: 'binary', maxLength: 20 }))
  await fc.assert(fc.asyncProperty(hostile, hostile, hostile, async (a, b, c) => {
    const bytes = await letterOf({ title: a, teaser: b, byline: c, signers: [{ organisationId: null, name: a }], markdown: `${a}\n\n## ${b}\n\n- ${c}\n\n| x |\n|---|\n| ${a.replace(/\|/g, '')} |` })
    wellFormed(partsOf(bytes))
    await mammoth.extractRawText({ buffer: bytes })
  }), { numRuns: 15 })
}, 60_000)

function found(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const hasPandoc = found('pandoc')
if (!hasPandoc) console.log('skipped: pandoc did not read the Word file: it is not installed (Debian package pandoc)')

test.skipIf(!hasPandoc)('pandoc reads its title, headings, table and footnote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-word-'))
  writeFileSync(join(folder, 'a.docx'), await letterOf())
  const text = execFileSync('pandoc', ['-s', '-t', 'markdown', join(folder, 'a.docx')], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(text).toContain('title: A demand')
  expect(text).toMatch(/^# A part/m)
  expect(text).toMatch(/\*\*Place\*\*\s+\*\*Year\*\*/)
  expect(text).toMatch(/\[\^1\]: The \*source\* of it\./)
  expect(text).toMatch(/^-\s+one$/m)
})
