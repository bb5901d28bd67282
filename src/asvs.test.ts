// docs/asvs.md answers each requirement of the standard once, and what it names is there.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cellsOf } from '#kernel/testing/documents.ts'

/**
 * OWASP ASVS 5.0.0, from its own CSV (OWASP/ASVS, `5.0/docs_en`): by section the levels of its requirements, in order. Those
 * of level 3 are left out of the table.
 */
const LEVELS: Record<string, string> = {
  '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3', '3.7': '22333',
  '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333', '6.6': '2223', '6.7': '33', '6.8': '2222',
  '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22',
  '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23',
  '9.1': '111', '9.2': '1222',
}
const asked = Object.entries(LEVELS).flatMap(([section, levels]) => [...levels].map((level, i) => [`${section}.${i + 1}`, level])).filter(([, level]) => level !== '3')

const rows = readFileSync('docs/asvs.md', 'utf8').split('\n').filter((line) => /^\| \d/.test(line)).map(cellsOf)

test('each requirement of the two levels has one row, in order and with its level', () => {
  expect(rows.map(([no, level]) => [no, level])).toEqual(asked)
})

test.each(rows)('%s is met by tests that are there, or says why not', (_no, _level, _asks, state = '', by = '') => {
  expect(['met', 'open', 'not applicable']).toContain(state)
  expect(by).not.toBe('')
  if (state !== 'met') return
  for (const holder of by.split('<br>')) {
    const [, path = '', title] = /^`([^`]+\.test\.ts)`(?: › (.+))?$/.exec(holder) ?? []
    expect(existsSync(path), holder).toBe(true)
    if (title !== undefined) expect(readFileSync(path, 'utf8'), holder).toMatch(new RegExp(`['"\`]${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`))
  }
})
