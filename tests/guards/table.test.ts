// A guard that was moved or a test that was renamed is told at once, not at the next long run.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BUILT_GUARDS } from './built-guards.ts'
import { DESK_GUARDS } from './desk-guards.ts'
import { DOOR_GUARDS } from './door-guards.ts'
import { countOf, patternOf, piecesOf } from './guard.ts'
import { PEOPLE_GUARDS } from './people-guards.ts'

const ALL = [...DOOR_GUARDS, ...PEOPLE_GUARDS, ...DESK_GUARDS, ...BUILT_GUARDS]

test.each(ALL)('$against: its guard stands where the table says, and its test too', (guard) => {
  for (const { file, stands, gone } of piecesOf(guard)) {
    expect(countOf(readFileSync(file, 'utf8'), stands), `${file}: ${stands}`).toBe(1)
    expect(gone).not.toBe(stands)
  }
  expect(readFileSync(guard.test, 'utf8')).toContain(`'${guard.named}'`)
})

test('no attack stands twice in the table, and no built guard lies within another', () => {
  const names = ALL.map(({ against, file }) => `${against} ${file}`)
  expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([])
  // All go together into one build: what one takes must not be what the next looks for.
  const texts = new Map<string, string>()
  for (const { file, stands, gone } of BUILT_GUARDS.flatMap(piecesOf)) {
    const text = texts.get(file) ?? readFileSync(file, 'utf8')
    expect(countOf(text, stands), `${file}: ${stands}`).toBe(1)
    texts.set(file, text.replace(stands, () => gone))
  }
})

test('a title with values in it matches the titles that come of it, and no others', () => {
  const matches = (title: string, named: string) => new RegExp(`^${patternOf(named)}$`).test(title)
  expect(matches('says HttpOnly', 'says %s')).toBe(true)
  expect(matches('an invitation to editor with {} is (x)', 'an invitation to %s with %j is %j')).toBe(true)
  expect(matches('a.b', 'a*b')).toBe(false)
  expect(matches('it says HttpOnly', 'says %s')).toBe(false)
})
