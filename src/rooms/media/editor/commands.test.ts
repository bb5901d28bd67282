import { type Command, EditorState, TextSelection } from 'prosemirror-state'
import { describe, expect, test } from 'vitest'
import { chosenMarkdown, putMarkdown } from '#rooms/media/editor/carried.ts'
import { COMMANDS, dropEmptyNote, HOLDS, toMark } from '#rooms/media/editor/commands.ts'
import { typedAddress } from '#rooms/media/editor/linkable.ts'
import { openText, writeText } from '#rooms/media/editor/opened-text.ts'
import { schema } from '#rooms/media/editor/schema.ts'
import { below, mendTables, TABLE_COMMANDS, toCell } from '#rooms/media/editor/table-commands.ts'

/** A text with the cursor behind some of its words, or with these chosen. */
function at(markdown: string, words: string, chosen = false) {
  const opened = openText(markdown)
  let pos = -1
  opened.doc.descendants((node, start) => {
    const found = node.isText ? node.text!.indexOf(words) : -1
    if (found >= 0) pos = start + found
  })
  const selection = TextSelection.create(opened.doc, chosen ? pos : pos + words.length, pos + words.length)
  let state = EditorState.create({ doc: opened.doc, selection })
  const run = (command: Command) => {
    command(state, (tr) => { state = state.apply(tr) })
    return chain
  }
  const chain = {
    run, get written() { return writeText(opened, state.doc) }, get state() { return state },
    type: (text: string) => run((now, dispatch) => { dispatch?.(now.tr.insertText(text)); return true }),
    put: (text: string) => run((now, dispatch) => { dispatch?.(putMarkdown(now, text)); return true }),
  }
  return chain
}

describe('what the buttons do', () => {
  test('a heading and back', () => {
    const text = at('Uno\n\nDos', 'Dos').run(COMMANDS.heading)
    expect(text.written).toBe('Uno\n\n## Dos')
    expect(HOLDS.heading!(text.state)).toBe(true)
    expect(text.run(COMMANDS.subheading).written).toBe('Uno\n\n### Dos')
    expect(text.run(COMMANDS.subheading).written).toBe('Uno\n\nDos')
  })

  test('marks hug their words', () => {
    expect(at('Uno dos tres', 'dos ', true).run(COMMANDS.bold).written).toBe('Uno **dos** tres')
    expect(at('Uno **dos** tres', 'dos', true).run(COMMANDS.italic).written).toBe('Uno ***dos*** tres')
  })

  test('a list, of the other kind, and back', () => {
    const text = at('Uno\n\nDos', 'Dos').run(COMMANDS.list)
    expect(text.written).toBe('Uno\n\n- Dos')
    expect(text.run(COMMANDS.numbers).written).toBe('Uno\n\n1. Dos')
    expect(text.run(COMMANDS.numbers).written).toBe('Uno\n\nDos')
    expect(at('Uno', 'Uno').run(COMMANDS.quote).written).toBe('> Uno')
    expect(at('> Uno', 'Uno').run(COMMANDS.quote).written).toBe('Uno')
  })

  test('two lists that meet stay two', () => {
    expect(openText(at('- a\n\nb', 'b').run(COMMANDS.list).written).doc.childCount).toBe(2)
  })

  test('a footnote takes the next number, and an empty one goes with its mark', () => {
    const text = at('Uno[^3] dos\n\n[^3]: Tres', 'dos').run(COMMANDS.footnote)
    expect(text.type('Nota').written).toBe('Uno[^3] dos[^4]\n\n[^3]: Tres\n\n[^4]: Nota')
    expect(text.run(toMark).type(' más').written).toContain('dos[^4] más')
    const empty = at('Uno', 'Uno').run(COMMANDS.footnote)
    expect(empty.run(dropEmptyNote).type('!').written).toBe('Uno!')
  })
})

describe('tables', () => {
  const table = '| a | b |\n| - | :-: |\n| c | d |'
  test('rows and columns come and go; how a column stands goes with it', () => {
    expect(at(table, 'c').run(TABLE_COMMANDS['add-row']).type('x').written).toBe('| a |  b  |\n| - | :-: |\n| c |  d  |\n| x |     |')
    expect(at(table, 'c').run(TABLE_COMMANDS['add-column']).type('x').written).toBe('| a |   |  b  |\n| - | - | :-: |\n| c | x |  d  |')
    expect(at(table, 'c').run(TABLE_COMMANDS['drop-column']).written).toBe('|  b  |\n| :-: |\n|  d  |')
    expect(at(table, 'c').run(TABLE_COMMANDS['drop-row']).written).toBe('| a |  b  |\n| - | :-: |')
    expect(at(table, 'a').run(TABLE_COMMANDS['drop-row']).written, 'the head stays').toBe(table)
    expect(at(`Uno\n\n${table}`, 'a').run(TABLE_COMMANDS['drop-table']).written).toBe('Uno')
  })

  test('Tab goes from cell to cell and begins a row behind the last; Enter goes down', () => {
    expect(at(table, 'd').run(toCell(1)).type('x').written).toBe('| a |  b  |\n| - | :-: |\n| c |  d  |\n| x |     |')
    expect(toCell(1)(at(table, 'd').run(toCell(1)).run(toCell(1)).state), 'behind an empty row Tab leaves').toBe(false)
    expect(at(table, 'a').run(below).type('x').written).toBe('| a |  b  |\n| - | :-: |\n| xc |  d  |'.replace('| a |', '| a  |').replace('| - |', '| -- |'))
    expect(at(table, 'c').run(toCell(-1)).type('x').written).toContain('xb')
  })

  test('a row that lost a cell gets one', () => {
    const { doc } = openText('| a | b |\n| - | - |\n| c |')
    const mended = mendTables(EditorState.create({ doc }))!.doc.child(0)
    expect(mended.children.map(({ childCount }) => childCount)).toEqual([2, 2])
  })
})

describe('what is put in', () => {
  test('words go into the paragraph, blocks between, notes to the end', () => {
    expect(at('Uno dos', 'Uno').put('**x**').written).toBe('Uno**x** dos')
    expect(at('Uno\n\nDos', 'Uno').put('## T\n\n- a\n\nb[^2]\n\n[^2]: N').written).toBe('Uno\n\n## T\n\n- a\n\nb[^2]\n\nDos\n\n[^2]: N')
  })
  test('a cell and a heading take words alone', () => {
    expect(at('## T', 'T').put('a\n\nb').written).toBe('## Ta b')
    expect(at('| a |\n| - |', 'a').put('- x\n- y').written).toBe('| ax y |\n| ---- |')
  })
  test('what is chosen is carried as Markdown', () => {
    expect(chosenMarkdown(at('Uno **dos** tres', 'dos', true).state)).toBe('**dos**')
  })
})

test('an address is one that readers can follow', () => {
  expect(['https://x.org/a b', 'alianza.org', 'alianza.org/es?x=1', 'ana@alianza.org', '/es/media', '#p3', 'tel:+595123', ' http://x.org '].map(typedAddress)).toEqual([undefined, 'https://alianza.org/', 'https://alianza.org/es?x=1', 'mailto:ana@alianza.org', '/es/media', '#p3', 'tel:+595123', 'http://x.org/'])
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'hola', '', '//evil.example', 'java\nscript:x', 'vbscript:x', 'file:///etc/passwd', 'jar:x']) expect(typedAddress(bad), bad).toBeUndefined()
})

test('a link that readers would not get is drawn without its address, and keeps it', () => {
  const drawn = (href: string) => (schema.marks.link.spec.toDOM!(schema.marks.link.create({ href }), true) as unknown as [string, Record<string, string | undefined>])[1]
  for (const href of ['javascript:alert(1)', 'data:text/html,x', ' java\nscript:alert(1)', 'vbscript:x', 'file:///etc']) expect(drawn(href).href, href).toBeUndefined()
  expect(drawn('javascript:alert(1)')).toMatchObject({ href: undefined, 'data-href': 'javascript:alert(1)' })
  expect(drawn('https://x.org/').href).toBe('https://x.org/')
})
