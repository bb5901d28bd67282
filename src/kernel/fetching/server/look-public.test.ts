import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Network } from '#kernel/fetching/server/fetch-public.ts'
import { lookPublic } from '#kernel/fetching/server/look-public.ts'

// A real server on this machine; only the network that the tests name lets it be reached.
const asked: string[] = []
const answers: Record<string, (answer: ServerResponse, method: string) => void> = {
  '/there': (answer) => answer.writeHead(200).end('x'),
  '/moved': (answer) => answer.writeHead(301, { location: '/there' }).end(),
  '/no-head': (answer, method) => answer.writeHead(method === 'HEAD' ? 405 : 200).end('x'),
  '/endless': (answer, method) => (method === 'HEAD' ? answer.writeHead(403).end() : void answer.writeHead(200).write('x'.repeat(100_000))),
  '/round': (answer) => answer.writeHead(302, { location: '/round' }).end(),
  '/private': (answer) => answer.writeHead(302, { location: 'http://127.0.0.2:1/secret' }).end(),
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
const here: Network = { resolve: async () => ['127.0.0.1'], mayReach: (address) => address === '127.0.0.1' }
const at = (path: string) => `http://site.example:${port}${path}`
const look = (path: string, mostMs = 5000) => lookPublic(at(path), mostMs, here)

test('an address is asked by HEAD, and once more as a browser asks where a server turns that away; nothing of its body is waited for', async () => {
  expect(await look('/there')).toEqual({ status: 200, address: at('/there') })
  expect(asked).toEqual(['HEAD /there Altavoz (a look whether a link leads somewhere, at the wish of a person) '])
  expect([await look('/no-head'), await look('/endless'), await look('/never')]).toEqual([{ status: 200, address: at('/no-head') }, { status: 200, address: at('/endless') }, { status: 404, address: at('/never') }])
})

test('it says where an address leads, and that one leads round in circles', async () => {
  expect([await look('/moved'), await look('/round')]).toEqual([{ status: 200, address: at('/there') }, { silent: 'round' }])
})

test('what is not on the public network is not asked, behind a redirect either', async () => {
  expect([await look('/private'), await lookPublic(at('/there'), 5000), await lookPublic(`http://127.0.0.1:${port}/there`, 5000), await lookPublic('http://[::1]/', 5000), await lookPublic('ftp://site.example/', 5000, here), await lookPublic('http://abc.onion/', 5000, here)])
    .toEqual([{ silent: 'not-public' }, { silent: expect.any(String) }, ...Array.from({ length: 4 }, () => ({ silent: 'not-public' }))])
  expect(asked.map((one) => one.split(' ')[1])).toEqual(['/private'])
})

test('what does not answer is given up, by itself or when all of it has an end', async () => {
  const from = performance.now()
  expect([await look('/slow', 200), await lookPublic(at('/there'), 5000, here, AbortSignal.abort())]).toEqual([{ silent: 'no-answer' }, { silent: 'no-answer' }])
  expect(await lookPublic(at('/there'), 200, { ...here, resolve: () => new Promise(() => {}) })).toEqual({ silent: 'no-answer' })
  expect(performance.now() - from).toBeLessThan(4000)
})
