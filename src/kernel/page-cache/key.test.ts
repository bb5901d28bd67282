import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RouteKeys } from '#kernel/page-cache/key.ts'
import { cachedRoutes } from '../../routes-table.ts'

const keys = new RouteKeys(cachedRoutes)
const KNOWN = ['kind', 'region', 'topic', 'from', 'to', 'lang', 'sort', 'page', 'q']

test('unknown query names leave no trace in the key', () => {
  const name = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => !KNOWN.includes(one))
  fc.assert(fc.property(fc.array(fc.tuple(name, fc.string()), { minLength: 1 }), (pairs) => {
    const query = new URLSearchParams(pairs).toString()
    expect(keys.target(`/en/media?${query}`)).toEqual({ url: '/en/media', isKept: true })
  }))
})

test('the same filters in any order are one page, and the key of a key is itself', () => {
  const pairs = [['kind', 'statement'], ['region', '419'], ['from', '2022'], ['page', '2']]
  fc.assert(fc.property(fc.shuffledSubarray(pairs), (some) => {
    const { url, isKept } = keys.target(`/es/media?${new URLSearchParams(some)}`)
    expect(isKept).toBe(true)
    expect(url).toBe(keys.target(`/es/media?${new URLSearchParams([...some].sort())}`).url)
    expect(keys.target(url)).toEqual({ url, isKept: true })
  }))
})

test.each([
  ['/en/media?page=1', '/en/media', true],
  ['/en/media?page=&kind=', '/en/media', true],
  ['/en/media?kind=Nonsense!', '/en/media?kind=Nonsense%21', false],
  ['/en/media?kind=a&kind=b', '/en/media?kind=a&kind=b', false],
  ['/en/media?q=anything&kind=news', '/en/media?kind=news&q=anything', false],
  ['/en/media/a-title?kind=news', '/en/media/a-title', true],
  ['/en/m%65dia', '/en/m%65dia', false],
  ['/en//media', '/en//media', false],
  ['/en/../es/media', '/en/../es/media', false],
  ['/desk/texts?x=1', '/desk/texts?x=1', false],
  ['/.well-known/security.txt', '/.well-known/security.txt', true],
])('%s is made from %s', (asked, url, isKept) => expect(keys.target(asked)).toMatchObject({ url, isKept }))

test('a search is known as one, for few are let in at once', () => {
  expect(keys.target('/en/media?q=x').isSearch).toBe(true)
  expect(keys.target('/en/media?kind=Nonsense!').isSearch).toBeUndefined()
})
