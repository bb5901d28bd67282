import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PUBLIC } from '#kernel/fetching/server/fetch-public.ts'
import { elsewhere, type LookedAt, lookPublic } from '#kernel/fetching/server/look-public.ts'

// A real server on this machine; only the network that the tests name lets it be reached.
const asked: string[] = []
const answers: Record<string, (answer: ServerResponse, method: string) => void> = {
  '/there': (answer) => answer.writeHead(200).end('x'),
  '/moved': (answer) => answer.writeHead(301, { location: '/there' }).end(),
  '/no-head': (answer, method) => answer.writeHead(method === 'HEAD' ? 405 : 200).end('x'),
  '/endless': (answer, method) => (method === 'HEAD' ? answer.writeHead(501).end() : void answer.writeHead(200).write('x'.repeat(100_000))),
  '/once': (answer, method) => answer.writeHead(method === 'HEAD' ? 403 : 200).end('done'),
  '/round': (answer) => answer.writeHead(302, { location: '/round' }).end(),
  '/private': (answer) => answer.writeHead(302, { location: 'http://127.0.0.2:1/secret' }).end(),
  '/house': (answer) => answer.writeHead(302, { location: `http://house.example:${port}/there` }).end(),
  '/slow': () => {},
}
const server = createServer(({ url = '', method = '', headers }, answer) => {
  asked.push(`${method} ${url} ${headers['user-agent']} ${headers.referer ?? ''}${headers.cookie ?? ''}`)
  const found = answers[url]
  if (found) found(answer, method)
  else answer.writeHead(404).end()
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
beforeEach(() => void asked.splice(0))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const here: LookedAt = { resolve: async () => ['127.0.0.1'], mayReach: (address) => address === '127.0.0.1', anyPort: true }
const world: LookedAt = { ...PUBLIC, anyPort: true }
const at = (path: string) => `http://site.example:${port}${path}`
const look = (path: string, mostMs = 5000) => lookPublic(at(path), mostMs, here)

test('an address is asked by HEAD, and once more as a browser asks where a server knows no HEAD; nothing of its body is waited for', async () => {
  expect(await look('/there')).toEqual({ status: 200, address: at('/there') })
  expect(asked).toEqual(['HEAD /there Mozilla/5.0 (compatible; link check) '])
  expect([await look('/no-head'), await look('/endless'), await look('/never')]).toEqual([{ status: 200, address: at('/no-head') }, { status: 200, address: at('/endless') }, { status: 404, address: at('/never') }])
})

test('an address that turns a look away is not asked by GET, which may do what it is for; and no site is told which program asks', async () => {
  expect([await look('/once'), await look('/never')]).toEqual([{ status: 403, address: at('/once') }, { status: 404, address: at('/never') }])
  expect(asked.map((one) => one.split(' ')[0])).toEqual(['HEAD', 'HEAD'])
  expect(asked.join()).not.toMatch(/altavoz/i)
})

test('it says where an address leads, and that one leads round in circles', async () => {
  expect([await look('/moved'), await look('/round')]).toEqual([{ status: 200, address: at('/there') }, { silent: 'round' }])
})

test('what is not on the public network is not asked, behind a redirect either', async () => {
  expect([await look('/private'), await lookPublic(at('/there'), 5000, world), await lookPublic(`http://127.0.0.1:${port}/there`, 5000, world), await lookPublic('http://[::1]/', 5000, world), await lookPublic('ftp://site.example/', 5000, here), await lookPublic('http://abc.onion/', 5000, here)])
    .toEqual([{ silent: 'not-public' }, { silent: expect.any(String) }, ...Array.from({ length: 4 }, () => ({ silent: 'not-public' }))])
  expect(asked.map((one) => one.split(' ')[1])).toEqual(['/private'])
})

test('what does not answer is given up, by itself or when all of it has an end', async () => {
  const from = performance.now()
  expect([await look('/slow', 200), await lookPublic(at('/there'), 5000, here, AbortSignal.abort())]).toEqual([{ silent: 'no-answer' }, { silent: 'no-answer' }])
  expect(await lookPublic(at('/there'), 200, { ...here, resolve: () => new Promise(() => {}) })).toEqual({ silent: 'no-answer' })
  expect(performance.now() - from).toBeLessThan(4000)
})

test('this machine and this house are not asked by a public address of theirs either, nor behind a redirect', async () => {
  // To the network of the tests, all of 127.0.0.0/8 is public: the house stands at 127.0.0.2, this machine at 127.0.0.3.
  const leads: Record<string, string> = { 'site.example': '127.0.0.1', 'house.example': '127.0.0.2', 'alias.example': '127.0.0.2', 'machine.example': '127.0.0.3' }
  const network: LookedAt = { resolve: async (name) => [leads[name]!], mayReach: (address) => address.startsWith('127.'), anyPort: true, machine: () => ['127.0.0.3', 'fe80::1%eth0'] }
  const away = await elsewhere(['https://house.example', 'http://[2001:db8::5]:3000', 'http://abc.onion'], network)
  const looked = async (address: string, by = away) => lookPublic(address, 5000, by)
  expect(await looked(at('/there'))).toEqual({ status: 200, address: at('/there') })
  const refused = ['house.example', 'alias.example', 'machine.example', '127.0.0.2', '127.0.0.3', '[2001:db8::5]'].map((host) => `http://${host}:${port}/there`)
  for (const address of [...refused, at('/house')]) expect([address, await looked(address)]).toEqual([address, { silent: 'not-public' }])
  // Out in the world this machine's own cards are read.
  const { machine: _, ...cards } = network
  expect(await looked(at('/there'), await elsewhere([], cards))).toEqual({ silent: 'not-public' })
  expect(asked.map((one) => one.split(' ')[1])).toEqual(['/there', '/house'])
})

test('a house that cannot tell its own address names none to ask; a name of its that leads nowhere is no obstacle', async () => {
  const failing = (code: string): LookedAt => ({ ...here, resolve: () => Promise.reject(Object.assign(new Error(code), { code })) })
  await expect(elsewhere(['https://house.example'], failing('EAI_AGAIN'))).rejects.toThrow('EAI_AGAIN')
  expect(await elsewhere(['https://house.example'], failing('ENOTFOUND'))).toMatchObject({ anyPort: true })
})

test('only the ports of pages are asked', async () => {
  const { anyPort: _, ...pages } = here
  expect([await lookPublic(at('/there'), 5000, pages), await lookPublic(`https://site.example:80/`, 5000, pages), await lookPublic('http://site.example:443/', 5000, pages)]).toEqual([{ silent: 'port' }, { silent: 'port' }, { silent: 'port' }])
  expect(asked).toEqual([])
})
