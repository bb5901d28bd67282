// docs/promises.md is believed: each row names what holds its promise. What it names must be there.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cellsOf } from '#kernel/testing/documents.ts'

const HEAD = '| promise | held by | last figure |'

interface Row { promise: string; holders: string[]; figure: string }

/** The rows of all tables of the document. Throws when there is a table of another shape. */
function rowsOf(document: string): Row[] {
  const lines = document.split('\n').filter((line) => line.startsWith('|') && !/^\|[-| ]+\|$/.test(line) && line !== HEAD)
  return lines.map((line) => {
    const cells = cellsOf(line)
    if (cells.length !== 3) throw new Error(`a row needs three cells: ${line}`)
    const [promise = '', held = '', figure = ''] = cells
    return { promise, holders: held === '' ? [] : held.split('<br>'), figure }
  })
}

/** What is wrong with a row, in words; nothing when it is as it should be. An empty cell is an open promise, not a mistake. */
function faultsOf({ promise, holders, figure }: Row): string[] {
  const faults = holders.flatMap(faultsOfHolder)
  if (promise === '') faults.push('promises nothing')
  if (figure !== '') {
    const days = [...figure.matchAll(/\d{4}-\d{2}-\d{2}/g)].map(([day]) => day)
    if (days.length === 0 || days.some((day) => !isDay(day))) faults.push(`“${figure}” carries no day written as 2026-11-24`)
    if (holders.length === 0) faults.push('has a figure and nothing that gave it')
  }
  return faults
}

function faultsOfHolder(holder: string): string[] {
  const [, command, title] = /^`([^`]+)`(?: › (.+))?$/.exec(holder) ?? []
  if (!command) return [`“${holder}” is neither a file, nor a test of one, nor a command`]
  const path = command.split(' ').find((word) => word.includes('/') && !word.includes('='))?.replace(/^\.\//, '')
  if (!path || !existsSync(path)) return [`${path ?? command} is not there`]
  return title === undefined || isTitleIn(readFileSync(path, 'utf8'), title) ? [] : [`${path} has no test “${title}”`]
}

/** A title stands between quotes; what a test computes at its end, a reason to be skipped, is no part of it. */
const isTitleIn = (source: string, title: string) => ["'", '"', '`'].some((quote) => source.includes(quote + title + quote) || source.includes(`${quote}${title}\${`))

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

const rows = rowsOf(readFileSync('docs/promises.md', 'utf8'))

test('there are promises', () => expect(rows.length).toBeGreaterThan(100))

test.each(rows)('$promise', (row) => expect(faultsOf(row)).toEqual([]))

test('no promise is made twice', () => {
  const promises = rows.map(({ promise }) => promise)
  expect(promises.filter((one, i) => promises.indexOf(one) !== i)).toEqual([])
})

describe('a planted wrong row is seen', () => {
  const faults = (row: string) => rowsOf(`${HEAD}\n|---|---|---|\n${row}`).flatMap(faultsOf)
  const good = '| Something holds | `src/promises.test.ts` › there are promises | holds, 2026-11-24 |'

  test('and a good one is not', () => {
    expect(faults(good)).toEqual([])
    expect(faults('| An open promise | | |')).toEqual([])
    expect(faults('| Weight | `node bench/weight.ts` | 8 KB, 2026-11-24 |')).toEqual([])
  })
  test.each([
    ['a file that is not there', good.replace('src/promises', 'src/no-such'), 'src/no-such.test.ts is not there'],
    ['a test that is not in its file', good.replace('are promises', `are ${7 * 6}`), `src/promises.test.ts has no test “there are ${7 * 6}”`],
    ['a command that is not there', '| x | `node bench/none.ts` | |', 'bench/none.ts is not there'],
    ['words for a test', '| x | somebody looked | |', '“somebody looked” is neither a file, nor a test of one, nor a command'],
    ['no promise', good.replace('Something holds', ''), 'promises nothing'],
    ['a figure without a day', good.replace(', 2026-11-24', ''), '“holds” carries no day written as 2026-11-24'],
    ['a day that is none', good.replace('11-24', '11-31'), '“holds, 2026-11-31” carries no day written as 2026-11-24'],
    ['a day in other words', good.replace('2026-11-24', '24 November 2026'), '“holds, 24 November 2026” carries no day written as 2026-11-24'],
    ['a figure that nothing gave', '| x | | 3 KB, 2026-11-24 |', 'has a figure and nothing that gave it'],
  ])('%s', (_what, row, fault) => expect(faults(row)).toEqual([fault]))
  test('a row of another shape', () => expect(() => faults('| x | `src/env.ts` |')).toThrow('a row needs three cells'))
})
