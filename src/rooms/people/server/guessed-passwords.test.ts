import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COUNT, digestOf, isCommon } from '#rooms/people/server/guessed-passwords.ts'

// Whose digests stand first and last in the file.
const [FIRST, LAST] = ['cjkywt1402', 'fackaspike']
const file = readFileSync('src/rooms/people/server/guessed-passwords/digests.bin')
const digests = Array.from({ length: file.length / 6 }, (_, at) => file.subarray(at * 6, at * 6 + 6))

test('the list holds a hundred thousand, sorted, none twice', () => {
  expect(file.length % 6).toBe(0)
  expect(digests).toHaveLength(100_000)
  expect(COUNT).toBe(100_000)
  for (let at = 1; at < digests.length; at++) expect(digests[at - 1]!.compare(digests[at]!)).toBe(-1)
})

test('the first and the last are found as well as any', () => {
  // Of the source list, the first and the last that were taken.
  for (const password of ['qwertyuiop', '1234567890', 'q1w2e3r4t5', 'welcomea110460', FIRST, LAST]) expect(isCommon(password), password).toBe(true)
  expect([digestOf(FIRST), digestOf(LAST)]).toEqual([digests[0], digests.at(-1)])
})

test('case and width make no other password', () => {
  for (const form of ['QWERTYUIOP', 'QwertyUiop', 'ｑｗｅｒｔｙｕｉｏｐ', 'ＱＷＥＲＴＹＵＩＯＰ']) expect(isCommon(form)).toBe(true)
})

test('what nobody chose is not in it', () => {
  for (const other of ['', 'qwertyuiop ', 'cuatro lunas sobre el río', 'ñandutí de agua dulce']) expect(isCommon(other)).toBe(false)
})
