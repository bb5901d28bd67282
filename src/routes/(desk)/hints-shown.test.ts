import { expect, test } from 'vitest'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { hasNoAlt } from './hints-shown.ts'

test('a picture without its alternative text in this language is told; with one, and without a picture, nothing is', () => {
  const withAlt = (alt: string) => ({ ...NOTHING_FROZEN, picture: { alt, credit: null, licence: null, inPage: [], large: { format: 'jpeg' as const, width: 1, height: 1, hash: '0', byteSize: 1 } } })
  expect([hasNoAlt(withAlt('')), hasNoAlt(withAlt(' \n')), hasNoAlt(withAlt('Tres personas')), hasNoAlt(NOTHING_FROZEN), hasNoAlt(undefined)]).toEqual([true, true, false, false, false])
})
