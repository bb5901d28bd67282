// Looks at other sites take seconds each: behind the door they wait for each other. A small Kit of this test's own stands there.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from '#kernel/house.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import { RouteKeys } from '#kernel/page-cache/key.ts'
import { PageCache } from '#kernel/page-cache/page-cache.ts'
import { asksElsewhere } from '#kernel/web/desk-paths.ts'
import { openDoor } from '#kernel/web/door.ts'
import { HouseNames, TrustedProxies } from '#kernel/web/names.ts'
import { PageStyle } from '#kernel/web/page-style.ts'
import { cachedRoutes, printedPath } from '../../routes-table.ts'

let waiting = Promise.withResolvers<void>()
const seen: string[] = []
let server: Server
beforeAll(async () => {
  const pages = new PageCache({ clock: () => 1000, gate: new Gate(2, 2) })
  pages.hear()
  const dress = { base: [], style: new PageStyle('p{}') }
  const house = { pages, reading: new AsyncLocalStorage(), db: { isUp: () => true, read: {} }, clock: () => Temporal.Instant.fromEpochMilliseconds(1000), settings: {}, log: { error: () => {} }, mayShowBlob: async () => false } as unknown as House
  server = createServer(openDoor({
    house, names: new HouseNames(['http://alliance.example']), proxies: new TrustedProxies([]), dress, agreeDress: dress, deskDressAt: () => dress, keys: new RouteKeys(cachedRoutes), printed: { path: printedPath, gate: new Gate(1, 0) }, answerFile: () => false,
    kit: { respond: async (request) => {
      seen.push(request.url)
      if (request.method === 'POST') await waiting.promise
      return new Response('<p>')
    } },
  }))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
})
afterAll(() => new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections() }))

const ask = async (path: string, method = 'GET') => (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method })).status

test('who has links looked at waits for others who do, and holds no place of a page', async () => {
  const asked = ['/desk/media/1/pt?/links', '/desk/media/1/pt/?/links', '/desk/media/1/%70t?/links', '/desk/media/1/pt?%2Flinks', '/desk/media/2/pt?/links'].map((path) => ask(path, 'POST'))
  await expect.poll(() => seen.length).toBe(4)
  expect([await ask('/en/media'), await ask('/desk/account')]).toEqual([200, 200])
  // Who comes after those who wait is told so at once.
  const more = Array.from({ length: 20 }, (_, n) => ask(`/desk/media/${n}/es?/links`, 'POST'))
  const soon = await Promise.all(more.map((one) => Promise.race([one, new Promise<string>((late) => setTimeout(late, 500, 'waits'))])))
  expect([soon.filter((one) => one === 'waits').length, soon.filter((one) => one === 503).length]).toEqual([7, 13])
  waiting.resolve()
  expect(await Promise.all(asked)).toEqual(Array(5).fill(200))
  await Promise.all(more)
})

test('a document of a text at the desk holds no place of one that readers ask for', async () => {
  waiting = Promise.withResolvers()
  seen.length = 0
  const held = Array.from({ length: 3 }, () => ask('/desk/media/1/es/preview/print.pdf', 'POST'))
  await expect.poll(() => seen.length).toBe(1)
  expect(await ask('/es/media/a/print.pdf')).toBe(200)
  waiting.resolve()
  expect(await Promise.all(held)).toEqual([200, 200, 200])
})

test('only that act asks other sites', () => {
  const [path, other] = ['/desk/media/1/pt', '/desk/media/1/pt/translate']
  expect([asksElsewhere(path, '/links'), asksElsewhere(path, '/save'), asksElsewhere(path, ''), asksElsewhere(other, '/links'), asksElsewhere('/es/media/a', '/links')]).toEqual([true, false, false, false, false])
})
