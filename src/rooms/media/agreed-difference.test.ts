import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { blocksOf, differenceOf, outermost, wantedChanges, wordDifference } from '#rooms/media/agreed-difference.ts'

const shown = async (bodyMarkdown: string, title = 'Título', teaser = '') => {
  const { html, notes } = await renderMarkdown(bodyMarkdown, 'es')
  return blocksOf({ title, teaser, bodyHtml: html, notesHtml: notes })
}
const BODY = '## Lo que pedimos\n\nUno con [un enlace](https://example.org/a).\n\n- dos\n- tres\n\n> Cuatro.\n\nCinco <b>no</b>[^1].\n\n| a | b |\n|---|---|\n| c | d |\n\n---\n\n[^1]: Una nota.'

test('a text is cut into its blocks, and none of it is lost', async () => {
  const blocks = await shown(BODY)
  expect(blocks.map(({ kind, number }) => [kind, number])).toEqual([['title', null], ['heading', null], ['paragraph', 1], ['paragraph', 2], ['paragraph', 3], ['paragraph', 4], ['paragraph', 5], ['paragraph', 6]])
  expect(blocks.map(({ words }) => words)).toEqual(['Título', 'Lo que pedimos', 'Uno con un enlace (https://example.org/a).', 'dos\ntres', 'Cuatro.', expect.stringContaining('Cinco <b>no</b>'), expect.stringContaining('a'), expect.stringContaining('Una nota.')])
  expect(blocks.some(({ html }) => html.includes('class="pn"')), 'no number of a public page').toBe(false)
})

test('what a title says cannot be markup', () => {
  const [title, teaser] = blocksOf({ title: '<img src=x onerror=alert(1)>', teaser: '"&', bodyHtml: '', notesHtml: '' })
  expect([title!.html, title!.words, teaser!.html]).toEqual(['&lt;img src=x onerror=alert(1)&gt;', '<img src=x onerror=alert(1)>', '"&amp;'])
})

test('signs inside an attribute end no element', () => {
  expect(outermost('<p title="a > b </p>">x<br>y</p>\n<ul><li><p>z</p></li></ul>')).toEqual(['<p title="a > b </p>">x<br>y</p>', '<ul><li><p>z</p></li></ul>'])
})

test('only what changed is shown, by words', async () => {
  const before = await shown('Uno.\n\nCondenamos la trata de personas.\n\nTres.')
  const after = await shown('Uno.\n\nCondenamos la trata de personas y el trabajo forzado.\n\nTres.')
  expect(differenceOf(before, before)).toEqual([])
  expect(differenceOf(before, after)).toEqual([{ kind: 'paragraph', number: 2, block: 2, parts: [
    { is: 'same', text: 'Condenamos la trata de ' }, { is: 'gone', text: 'personas.' }, { is: 'new', text: 'personas y el trabajo forzado.' },
  ] }])
})

test('a link that leads elsewhere, a piece put in and one taken out are changes', async () => {
  const before = await shown('Ver [aquí](https://a.example).\n\nDos.')
  expect(differenceOf(before, await shown('Ver [aquí](https://b.example).\n\nDos.')).map(({ parts }) => parts.map(({ is }) => is))).toEqual([['same', 'gone', 'new']])
  expect(differenceOf(before, await shown('Ver [aquí](https://a.example).\n\nNuevo.\n\nDos.'))).toEqual([{ kind: 'paragraph', number: 2, block: 2, parts: [{ is: 'new', text: 'Nuevo.' }] }])
  expect(differenceOf(before, await shown('Ver [aquí](https://a.example).'))).toEqual([{ kind: 'paragraph', number: null, block: null, parts: [{ is: 'gone', text: 'Dos.' }] }])
  expect(differenceOf(before, await shown('Ver [aquí](https://a.example).\n\n**Dos.**'))[0]!.parts, 'only its look').toEqual([{ is: 'same', text: 'Dos.' }])
  expect(differenceOf(before, await shown('Ver [aquí](https://a.example).\n\nDos.', 'Otro'))[0]).toMatchObject({ kind: 'title', number: null, block: 0 })
})

test('every block of the newer text stands in the difference or is the same in both, and so for the older', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd e', 'd f'), { maxLength: 8 })
  const blocksFrom = (words: string[]) => words.map((one, i) => ({ kind: 'paragraph' as const, number: i + 1, html: `<p>${one}</p>`, words: one }))
  fc.assert(fc.property(text, text, (a, b) => {
    const changed = differenceOf(blocksFrom(a), blocksFrom(b))
    const said = (is: 'gone' | 'new') => changed.map(({ parts }) => parts.filter((part) => part.is === 'same' || part.is === is).map((part) => part.text).join('')).filter((one) => one !== '')
    const touched = new Set(changed.flatMap(({ block }) => (block === null ? [] : [block])))
    const stayed = b.filter((_, i) => !touched.has(i))
    expect([...stayed, ...said('new')].sort()).toEqual([...b].sort())
    expect([...stayed, ...said('gone')].sort()).toEqual([...a].sort())
  }))
})

test('both texts can be read from a difference by words', () => {
  const text = fc.array(fc.constantFrom('la', 'trata', 'y', 'el', ' ', '\n', 'fin.'), { maxLength: 30 }).map((words) => words.join(' '))
  fc.assert(fc.property(text, text, (a, b) => {
    const parts = wordDifference(a, b)
    expect(parts.filter(({ is }) => is !== 'new').map((part) => part.text).join('')).toBe(a)
    expect(parts.filter(({ is }) => is !== 'gone').map((part) => part.text).join('')).toBe(b)
  }))
  expect(wordDifference('x '.repeat(3000), 'y '.repeat(3000)).map(({ is }) => is), 'a whole that is too long to compare').toEqual(['gone', 'new'])
})

test('a piece that she left as it was is no wish; a changed or emptied one is', async () => {
  const blocks = await shown('Uno.\n\n- dos\n- tres')
  const typed = ['Título', 'Uno, pero no.', 'dos\r\ntres']
  expect(wantedChanges(blocks, (i) => typed[i])).toEqual([{ block: 1, was: 'Uno.', wanted: 'Uno, pero no.' }])
  expect(wantedChanges(blocks, (i) => (i === 1 ? '  ' : undefined))).toEqual([{ block: 1, was: 'Uno.', wanted: '' }])
  expect(wantedChanges(blocks, () => undefined)).toEqual([])
})
