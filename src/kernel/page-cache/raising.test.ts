// A page that is asked for again is compressed as small as it gets, beside the answers; nobody is sent it twice for that.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeBrotli } from '#kernel/page-cache/coding.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import { Page } from '#kernel/page-cache/page.ts'
import { PageCache } from '#kernel/page-cache/page-cache.ts'

const TEXT = readFileSync('docs/words.md', 'utf8').slice(0, 30_000)
const page = () => new Page({ status: 200, headers: ['Content-Type', 'text/html'], body: Buffer.from(TEXT), tags: new Set(['site']), from: 0, until: Infinity, isStorable: true })
const newCache = () => {
  const cache = new PageCache({ clock: () => 1, gate: new Gate(1, 1) })
  cache.hear()
  return cache
}

test('the second hit makes it smaller, with the same words, under a validator of its own that knows the former one', async () => {
  const cache = newCache()
  const first = (await cache.obtain('/en/', async () => page())).in('br')
  const bytes = cache.store.bytes
  cache.find('/en/')
  await new Promise((later) => setTimeout(later, 200))
  expect(cache.find('/en/')?.in('br').etag, 'one hit is not enough').toBe(first.etag)
  await expect.poll(() => cache.find('/en/')?.in('br').etag, { timeout: 10_000 }).not.toBe(first.etag)
  const raised = cache.find('/en/')!.in('br')
  expect(raised.body.length).toBeLessThan(first.body.length)
  expect(decodeBrotli(Buffer.from(raised.body, 'latin1')).toString()).toBe(TEXT)
  expect(raised.formerEtag).toBe(first.etag)
  expect(cache.store.bytes).toBe(bytes - first.body.length + raised.body.length)
})

test('a page that was dropped meanwhile does not come back', async () => {
  const cache = newCache()
  await cache.obtain('/en/', async () => page())
  for (let i = 0; i < 2; i++) cache.find('/en/')
  cache.drop(['site'])
  await new Promise((later) => setTimeout(later, 300))
  expect([cache.find('/en/'), cache.store.size, cache.store.bytes]).toEqual([undefined, 0, 0])
})
