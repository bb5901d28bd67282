import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { describe, expect, inject, test } from 'vitest'
import { splitFrontMatter } from '#kernel/words/front-matter.ts'
import { openText, writeText } from '#rooms/media/editor/opened-text.ts'
import { schema } from '#rooms/media/editor/schema.ts'

const RUNS = inject('isLong') ? 20_000 : 400
const opened = (markdown: string) => {
  const text = openText(markdown)
  return { ...text, written: writeText(text, text.doc) }
}
/** What a reader sees of a document: whether its lists stand wide is no matter of words. */
const seen = (doc: Node): unknown => JSON.parse(JSON.stringify(doc.toJSON(), (key, value) => (key === 'loose' ? undefined : value)))

/** Pieces of Markdown as people and other programs write it, well and badly. */
const PIECES = [
  'Palabras', '**fuerte**', '*cursiva*', '_otra_', '***ambas***', '~~fuera~~', '`código`', '[enlace](https://x.org)', '[a *b*](/es "título")', '<https://x.org>', 'https://x.org/a', 'a@b.org', '[^1]', '[^1]: Nota.', '[^n]: Nota\n    con dos líneas\n\n    y otra',
  '# Uno', '## Dos ##', 'Setext\n---', 'Setext\n===', '> cita', '> > honda\n> y\nfloja', '- punto', '* otro', '+ más', '1. uno', '3) tres', '- [ ] tarea', '- a\n\n- b', '- a\n  - b\n    1. c', '-', '```js\ncódigo\n```', '~~~\nabierto', '    sangrado', '---', '***',
  '| a | b |\n| - | :-: |\n| 1 | 2 |', '| a |\n|-|', '<div>\nhtml\n</div>', '<i lang="en">words</i>', '<span lang="pt">palavras</span>', '<script>alert(1)</script>', '<!-- nunca', '![imagen](x.png)', '[ref]', '[ref]: https://x.org', '[texto][ref]', '\\*no\\*', '&nbsp;', '&amp;', '\u00a0', '  ', '   ', '\t', 'فلسطين', '👩🏽‍🦱', 'e\u0301', '$x^2$', '\\', 'línea  \nsiguiente', 'línea\\\nsiguiente', '*', '_', '[', ']', '|', '#', '>', '\ufeff', 'www.x.org',
]
const markdown = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, { weight: 2, arbitrary: fc.constantFrom('\n', '\n\n', '\n \n', ' ', '\r\n', '\n\n\n') }, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 14 }).map((all) => all.join(''))
const lines = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 10 }).map((all) => all.join('\n\n'))

test('any Markdown opens and is written in its own bytes', () => {
  fc.assert(fc.property(fc.oneof(markdown, lines), (text) => opened(text).written === text), { numRuns: RUNS })
})

test('any text of signs opens and is written in its own bytes', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...' \n\t>-*_`#[]()!|<&;\\1.~:^a\u00a0\r'), maxLength: 40 }), (text) => opened(text).written === text), { numRuns: RUNS * 3 })
})

test('a change in one block changes no byte of another, and what is written opens as what was seen', () => {
  fc.assert(fc.property(lines, fc.nat(), fc.constantFrom('Nuevo', '1. no es lista', 'a*b_c', '# no', '[x]', '<b>', '| c', 'ñ 😀', '\\'), (text, at, words) => {
    const { doc, ...rest } = openText(text)
    const n = at % doc.childCount
    const block = doc.child(n)
    fc.pre(block.type === schema.nodes.paragraph && rest.pieces.length > 0)
    const changed = new Transform(doc).insert(endOf(doc, n), schema.text(` ${words}`)).doc
    const written = writeText({ doc, ...rest }, changed)
    const [head, tail] = [rest.pieces.slice(0, n), rest.pieces.slice(n + 1)]
    const before = rest.between[0]! + head.map(({ source }, i) => source + rest.between[i + 1]!).join('')
    const after = tail.map(({ source }, i) => rest.between[n + 1 + i]! + source).join('') + rest.between.at(-1)!
    expect(written.startsWith(before)).toBe(true)
    expect(written.endsWith(after)).toBe(true)
    expect(seen(openText(written).doc)).toEqual(seen(changed))
  }), { numRuns: RUNS })
})

function endOf(doc: Node, n: number): number {
  let at = 0
  for (let i = 0; i <= n; i++) at += doc.child(i).nodeSize
  return at - 1
}

test('a text that nobody could read opens as it was typed, at once', () => {
  for (const text of ['>'.repeat(50_000), '['.repeat(50_000), `${'- '.repeat(5000)}x`]) {
    expect(opened(text).written).toBe(text)
    expect(opened(text).doc.child(0).type).toBe(schema.nodes.typed)
  }
})

test('writing a letter into a text as long as a book takes no time that is felt', () => {
  const text = Array.from({ length: 1500 }, (_, n) => `Un párrafo ${n} con **palabras** y [un enlace](https://x.org/${n}), y otras que lo hacen largo como los demás.`).join('\n\n')
  const { doc, ...rest } = openText(text)
  const changed = new Transform(doc).insert(endOf(doc, 700), schema.text('!')).doc
  const began = performance.now()
  const written = writeText({ doc, ...rest }, changed)
  expect(written.length).toBe(text.length + 1)
  expect(performance.now() - began).toBeLessThan(200)
})

/** Every text that a house is born with. */
const bodies = readdirSync('starter', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => ({ name, body: splitFrontMatter(readFileSync(`starter/${name}`, 'utf8'))?.body ?? readFileSync(`starter/${name}`, 'utf8') }))

describe('the starter’s bodies', () => {
  test('each is written in its own bytes', () => {
    expect(bodies.length).toBeGreaterThan(50)
    for (const { name, body } of bodies) expect(opened(body).written, name).toBe(body)
  })

  test('each is seen whole, none of it as it was typed', () => {
    for (const { name, body } of bodies) expect(opened(body).doc.children.filter(({ type }) => type === schema.nodes.typed).map(({ textContent }) => textContent), name).toEqual([])
  })

  test('each, written wholly anew, opens as what was seen', () => {
    for (const { name, body } of bodies) {
      const { doc } = opened(body)
      const anew = writeText({ doc, pieces: [], between: [''] }, doc)
      expect(seen(openText(anew).doc), name).toEqual(seen(doc))
    }
  })
})
