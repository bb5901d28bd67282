import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LookedAt } from '#kernel/fetching/server/look-public.ts'
import { LINK_CHECK_LIMITS, LinkChecks } from '#rooms/media/server/link-check.ts'

let inside = 0
let most = 0
const asked: string[] = []
const server = createServer(({ url = '', method }, answer) => {
  asked.push(`${method} ${url}`)
  if (url === '/silent') return
  most = Math.max(most, ++inside)
  setTimeout(() => {
    inside--
    if (url === '/moved') answer.writeHead(301, { location: '/there' }).end()
    else answer.writeHead(url.startsWith('/there') ? 200 : 404).end()
  }, 40)
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const here: LookedAt = { resolve: async () => ['127.0.0.1'], mayReach: (address) => address === '127.0.0.1', anyPort: true, machine: () => [] }
const link = (path: string) => ({ text: path, href: path.startsWith('http') ? path : `http://site.example:${port}${path}` })
const checks = (limits: Partial<typeof LINK_CHECK_LIMITS> = {}) => new LinkChecks(here, { ...LINK_CHECK_LIMITS, ...limits })

test('each link is told with what was found, a page that two of them name is asked once, and nothing behind its # is sent', async () => {
  asked.length = 0
  const found = await checks({ eachMs: 300 }).check('ana', ['/there', '/there#a', '/gone', '/moved', '/silent', 'http://10.0.0.1/', 'http://127.0.0.1.nip.local/'].map(link), [])
  expect(found).toMatchObject([{ is: 'there' }, { is: 'there' }, { is: 'answers', status: 404 }, { is: 'elsewhere', address: `http://site.example:${port}/there` }, { is: 'silent' }, { is: 'not-public' }, { is: 'not-public' }])
  expect(asked.filter((one) => one.endsWith(' /there')).length).toBe(2) // once by itself, once where /moved leads
})

test('so many at once, so many of a text, and an end to all of it; the rest is told as not asked', async () => {
  most = 0
  const many = Array.from({ length: 12 }, (_, n) => link(`/there-${n}`))
  const found = await checks({ most: 10, atOnce: 3 }).check('ana', many, [])
  expect([most, Array.isArray(found) && found.map(({ is }) => is).join()]).toEqual([3, [...Array(10).fill('there'), 'not-asked', 'not-asked'].join()])
  const from = performance.now()
  const cut = await checks({ atOnce: 1, allMs: 300 }).check('ana', [link('/silent'), link('/there')], [])
  expect([performance.now() - from < 2000, Array.isArray(cut) && cut.map(({ is }) => is)]).toEqual([true, ['silent', 'not-asked']])
  expect(LINK_CHECK_LIMITS).toEqual({ most: 20, atOnce: 4, eachMs: 5000, allMs: 20_000 })
})

test('a person has one look at a time, others have theirs, and afterwards she has another', async () => {
  const one = checks({ eachMs: 200 })
  const first = one.check('ana', [link('/silent')], [])
  expect(await one.check('ana', [link('/there')], [])).toBe('busy')
  expect(await one.check('luz', [link('/there')], [])).toMatchObject([{ is: 'there' }])
  expect(await first).toMatchObject([{ is: 'silent' }])
  expect(await one.check('ana', [link('/there')], [])).toMatchObject([{ is: 'there' }])
})

test('this house is not asked, by whatever name it is found; where it cannot be told what is this house, nobody is', async () => {
  asked.length = 0
  const found = async (resolve: LookedAt['resolve']) => new LinkChecks({ ...here, resolve }).check('ana', [link('/there')], ['https://house.example'])
  expect(await found(async () => ['127.0.0.1'])).toMatchObject([{ is: 'not-public' }])
  expect(await found((name) => (name === 'house.example' ? Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })) : Promise.resolve(['127.0.0.1'])))).toMatchObject([{ is: 'silent' }])
  expect(asked).toEqual([])
})

test('out in the world nothing of this machine is asked', async () => {
  asked.length = 0
  expect(await new LinkChecks().check('ana', [link(`http://127.0.0.1:${port}/there`), link(`http://localhost:${port}/there`)], [])).toMatchObject([{ is: 'not-public' }, { is: 'not-public' }])
  expect(asked).toEqual([])
})
