import { expect, test } from 'vitest'
import { auditCommands } from '#kernel/commands/audit-command.ts'
import type { Command } from '#kernel/commands/command.ts'
import { doctor } from '#kernel/commands/doctor.ts'
import { readLine } from '#kernel/commands/run.ts'
import { siteCommands } from '#kernel/commands/site-commands.ts'
import { Refusal } from '#kernel/database/refusal.ts'

const withdraw: Command = {
  usage: 'withdraw <address>', description: 'take a text down',
  options: [{ flag: '--why <text>', description: 'a sentence for readers', required: true }, { flag: '--quietly', description: 'x' }],
  run: async () => {},
}
const gather: Command = { usage: 'import <...files>', description: 'read press pages', options: [{ flag: '--dry-run', description: 'x' }], run: async () => {} }
const commands = [withdraw, gather, ...siteCommands({ all: ['media', 'about'], first: ['media'] }), doctor, ...auditCommands]
const read = (...line: string[]) => readLine(commands, line)

function refusalOf(...line: string[]) {
  try {
    read(...line)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  throw new Error('it was taken')
}

const helpOf = (...line: string[]) => {
  const answer = read(...line)
  if (answer.kind !== 'help') throw new Error('no help')
  return answer.text
}

test('every word has help of its own, and the list of words names each', () => {
  for (const { usage, description } of commands) {
    const own = usage.split(' ').filter((word) => !/^[<[]/.test(word))
    expect(helpOf(...own, '--help')).toContain(usage)
    expect(helpOf(...own, '-h')).toContain(description)
    for (const line of [[], ['--help'], ['-h'], ['help']]) expect(helpOf(...line)).toContain(usage)
  }
})

test('a word of which there are several lists them', () => {
  for (const line of [['site'], ['site', '--help']]) expect(helpOf(...line)).toMatch(/site show[\s\S]*site set/)
  expect(helpOf('help', 'site', 'set')).toContain('contact.email')
  expect(helpOf('help', 'site', 'set')).toContain('The menu can lead to media, about.')
})

test.each([[['stie', 'set'], 'site set'], [['docter'], 'doctor'], [['widthraw', '/en/media/x'], 'withdraw'], [['site', 'shwo'], 'site show'], [['audit', 'verfy'], 'audit verify']])(
  '%j is not a word, and the nearest is named', (line, nearest) => {
    expect(refusalOf(...line)).toContain(`Did you mean ${nearest}?`)
  })

test('what is like no word gets the list', () => {
  expect(refusalOf('quetzalcoatl')).toMatch(/^There is no word “quetzalcoatl”\. See bin\/altavoz --help; nothing was changed\.$/)
})

test.each([
  [['withdraw', '/en/media/x'], '--why'], [['withdraw', '--why', 'because'], 'address'], [['withdraw', '/x', '--why'], '--why'],
  [['withdraw', '/x', '--why', 'because', '--quitely'], 'quitely'], [['import'], 'files'],
  [['site', 'set', 'name.es', 'Alianza', 'Regional'], 'Regional'], [['doctor', 'now'], 'now'], [['site', 'set', 'zone'], 'value'],
])('%j is refused in one line that names what is wrong', (line, named) => {
  const message = refusalOf(...line)
  expect(message).toContain(named)
  expect(message).not.toContain('\n')
  expect(message).toContain('nothing was changed')
})

test('texts arrive as they were typed', () => {
  expect(read('withdraw', '/es/media/x', '--why', '0042')).toMatchObject({ words: ['/es/media/x'], options: { why: '0042' } })
  expect(read('withdraw', '/es/media/x', '--why=a=b')).toMatchObject({ options: { why: 'a=b' } })
  expect(read('site', 'set', 'contact.email', '')).toMatchObject({ words: ['contact.email', ''] })
  expect(read('site', 'set', 'colour', '#000000')).toMatchObject({ words: ['colour', '#000000'] })
  expect(read('import', 'a.txt', 'b.txt', '--dry-run')).toMatchObject({ words: ['a.txt', 'b.txt'], options: { dryRun: true } })
  expect(read('import', '--dry-run', 'a.txt')).toMatchObject({ words: ['a.txt'] })
})

test('an option given twice is a mistake', () => {
  expect(refusalOf('withdraw', '/x', '--why', 'a', '--why', 'b')).toContain('twice')
})
