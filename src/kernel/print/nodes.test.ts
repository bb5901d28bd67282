import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linksIn, nodesOf, type PrintNode } from '#kernel/print/nodes.ts'
import { printable } from '#kernel/print/printable.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'

const address = 'https://example.org/es/media/un-texto'
async function printed(markdown: string): Promise<PrintNode[]> {
  const { html, notes } = await renderMarkdown(markdown, 'es')
  return nodesOf({ html, notes, address, shown: [] })
}
const all = (nodes: PrintNode[]): PrintNode[] => nodes.flatMap((node) => [node, ...all(node.children ?? [])])
const words = (nodes: PrintNode[]) => all(nodes).map((node) => (typeof node.value === 'string' ? node.value : '')).join('').replaceAll('\u200b', '')

test('a paragraph keeps the number by which it is cited, and not the link that carries it', async () => {
  expect(await printed('Uno.\n\nDos **tres**.')).toEqual([
    { type: 'paragraph', number: '1', children: [{ type: 'text', value: 'Uno.' }] },
    { type: 'paragraph', number: '2', children: [{ type: 'text', value: 'Dos ' }, { type: 'strong', children: [{ type: 'text', value: 'tres' }] }, { type: 'text', value: '.' }] },
  ])
})

test('a note stands where it is called, once; one that calls itself is cut; none has its way back', async () => {
  const nodes = all(await printed('Uno[^a] y dos[^a].\n\n[^a]: La nota[^a], larga.'))
  expect(nodes.filter(({ type }) => type.startsWith('footnote')).map(({ type, id }) => [type, id])).toEqual([['footnote', '1'], ['footnoteAgain', '1']])
  expect(words(nodes)).not.toContain('↩')
})

test('a note that is called in a heading is called by the paragraph below', async () => {
  const [heading, paragraph] = await printed('## Parte[^a]\n\nTexto.\n\n[^a]: Nota.')
  expect(heading).toEqual({ type: 'heading', depth: 1, children: [{ type: 'text', value: 'Parte' }] })
  expect(paragraph?.children?.[0]?.type).toBe('footnote')
})

test('levels of headings begin at one and leave none out', async () => {
  const nodes = await printed('###### a\n\n## b\n\n##### c\n\n### d\n\n# e')
  expect(nodes.map(({ depth }) => depth)).toEqual([1, 1, 2, 2, 1])
})

test('links lead to the web or to mail, our own from where the text stands; other addresses are words', async () => {
  const nodes = await printed('[a](https://x.org/1) [b](/es/media/otro) [c](mailto:a@x.org) [d](#p1) <https://y.org/> [a](https://x.org/1)')
  expect(all(nodes).filter(({ type }) => type === 'link').map(({ url }) => url)).toEqual(['https://x.org/1', 'https://example.org/es/media/otro', 'mailto:a@x.org', 'https://y.org/', 'https://x.org/1'])
  expect(linksIn(nodes)).toEqual([{ text: 'a', show: 'https://x.org/1' }, { text: 'b', show: 'https://example.org/es/media/otro' }, { text: 'c', show: 'a@x.org' }])
  for (const href of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://user:pass@x.org/']) {
    const made = nodesOf({ html: `<p><a href="${href}">x</a></p>`, notes: '', address, shown: [] })
    expect(all(made).some(({ type }) => type === 'link'), href).toBe(false)
    expect(words(made)).toBe('x')
  }
})

test('a table keeps its caption, its sides and its empty cells; what holds nothing is left out', async () => {
  const [table] = nodesOf({ html: '<figure><table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table><figcaption>Tabla</figcaption></figure>', notes: '', address, shown: [] })
  expect(table).toMatchObject({ type: 'table', align: ['', 'right'], caption: [{ value: 'Tabla' }] })
  expect(table!.children!.map((row) => row.children!.length)).toEqual([2, 2])
  expect(await printed('> \n\n**  **')).not.toContainEqual(expect.objectContaining({ children: [] }))
})

test('words below the deepest level are kept, without their form', async () => {
  const nodes = await printed(`${'> '.repeat(60)}hondo`)
  expect(words(nodes)).toContain('hondo')
  const depth = (node: PrintNode): number => 1 + Math.max(0, ...(node.children ?? []).map(depth))
  expect(Math.max(...nodes.map(depth))).toBeLessThan(20)
})

test('signs that turn a line around are taken out of every string, and nothing else is', () => {
  expect(printable({ a: ['x\u202ey\u0000z\u2066', 1, null], b: { c: 'ñ\nè\t' } })).toEqual({ a: ['xyz', 1, null], b: { c: 'ñ\nè\t' } })
  expect(printable('a\ud800b')).toBe('a\ufffdb')
})

test('any text becomes nodes of known types whose strings are its own', async () => {
  const KNOWN = new Set(['text', 'paragraph', 'heading', 'strong', 'emphasis', 'delete', 'raised', 'lowered', 'foreign', 'inlineCode', 'code', 'break', 'thematicBreak', 'link', 'list', 'item', 'blockquote', 'footnote', 'footnoteAgain', 'table', 'row', 'cell'])
  const piece = fc.oneof(fc.constantFrom('> ', '- ', '1. ', '# ', '**', '[^1]', '[^1]: ', '| a |\n|-|\n| b |', '\n\n', '    ', '```', '<i lang="en">', '</i>', '[x](y)', '#import', '$'), fc.string({ unit: 'grapheme', maxLength: 12 }))
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (parts) => {
    for (const { type } of all(await printed(parts.join('')))) if (!KNOWN.has(type)) return false
    return true
  }), { numRuns: 150 })
})
