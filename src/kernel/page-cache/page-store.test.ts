import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Page } from '#kernel/page-cache/page.ts'
import { PageStore } from '#kernel/page-cache/page-store.ts'
import { CODINGS, negotiateCoding } from '#kernel/page-cache/coding.ts'

const page = (size: number, tags: string[] = []) =>
  new Page({
    status: 200, headers: ['Content-Type', size % 2 ? 'text/html' : 'image/png'], body: Buffer.alloc(size, 7), tags: new Set(tags),
    from: 0, until: Infinity, isStorable: true,
  })

test('the store never weighs more than it may, whatever is kept, dropped and asked for', () => {
  const keys = fc.constantFrom('/1', '/2', '/3', '/4', '/5', '/6')
  const tags = fc.subarray(['a', 'b', 'c'])
  fc.assert(fc.property(
    fc.array(fc.oneof(
      fc.tuple(fc.constant('keep' as const), keys, fc.nat(9000), tags),
      fc.tuple(fc.constant('find' as const), keys, fc.nat(), tags),
      fc.tuple(fc.constant('drop' as const), keys, fc.nat(), tags),
    ), { maxLength: 60 }),
    (steps) => {
      const store = new PageStore(20_000, 8000)
      for (const [act, key, size, some] of steps) {
        if (act === 'keep') store.keep(key, page(size, some))
        else if (act === 'find') store.find(key)?.in('gzip')
        else store.drop(some)
        const kept = ['/1', '/2', '/3', '/4', '/5', '/6'].map((one) => store.peek(one)).filter((one) => one !== undefined)
        expect(store.bytes).toBe(kept.reduce((sum, one) => sum + one.weight, 0))
        expect(store.bytes).toBeLessThanOrEqual(20_000)
        expect(store.size).toBe(kept.length)
        if (act === 'drop') for (const one of kept) expect(some.some((tag) => one.tags.has(tag))).toBe(false)
      }
    }), { numRuns: 300 })
})

test('what was asked for longest ago goes first', () => {
  const store = new PageStore(10_000, 5000)
  store.keep('/1', page(2000))
  store.keep('/2', page(2000))
  store.find('/1')
  store.keep('/3', page(2000))
  expect(store.peek('/2')).toBeUndefined()
  expect(store.peek('/1')).toBeDefined()
})

test('each coding holds the same page under a validator of its own', () => {
  const text = new Page({
    status: 200, headers: ['Content-Type', 'text/html; charset=utf-8'], body: Buffer.from('ñandú '.repeat(200)), tags: new Set(),
    from: 0, until: Infinity, isStorable: true,
  })
  const etags = CODINGS.map((coding) => text.in(coding).etag)
  expect(new Set(etags).size).toBe(3)
  expect(etags.every((etag) => /^"[\w-]+"$/.test(etag))).toBe(true)
  expect(text.in('identity').body).toBe(Buffer.from('ñandú '.repeat(200)).toString('latin1'))
})

test.each([
  [undefined, 'identity'], ['gzip, deflate, br, zstd', 'br'], ['gzip', 'gzip'], ['', 'identity'], ['*', 'br'],
  ['br;q=0, gzip', 'gzip'], ['identity', 'identity'], ['gzip;q=0.5, br;q=0.2', 'gzip'], ['deflate', 'identity'],
  ['br;q=0,*', 'gzip'], ['identity;q=1, br;q=0.1', 'identity'],
])('a reader who accepts %s gets %s', (accepted, coding) => expect(negotiateCoding(accepted)).toBe(coding))
