import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeOf } from '#kernel/web/byte-range.ts'

test.each([
  ['bytes=0-0', { first: 0, last: 0 }], ['bytes=5-', { first: 5, last: 9 }], ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-30', { first: 0, last: 9 }], ['bytes=2-90', { first: 2, last: 9 }], ['bytes=10-', 'outside'], ['bytes=-0', 'outside'],
  ['bytes=5-2', 'whole'], ['bytes=0-1,3-4', 'whole'], ['lines=0-1', 'whole'], ['bytes=-', 'whole'], [undefined, 'whole'],
])('%s of ten bytes', (header, range) => expect(rangeOf(header, 10)).toEqual(range))

test('a range never leaves the file', () => {
  fc.assert(fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(1000), (junk, a, b, size) => {
    for (const header of [junk, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
      const range = rangeOf(header, size)
      if (typeof range === 'string') continue
      expect(range.first).toBeGreaterThanOrEqual(0)
      expect(range.last).toBeGreaterThanOrEqual(range.first)
      expect(range.last).toBeLessThan(size)
    }
  }))
})
