import { createServer as createSafeServer } from 'node:https'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fetchPublic, type Network, PUBLIC } from '#kernel/fetching/server/fetch-public.ts'
import { isPublicAddress } from '#kernel/fetching/server/public-address.ts'
import { hasOpenssl, makeAuthority, withOpenssl } from '#kernel/testing/certificates.ts'

// A real server on this machine; only the network that the tests name lets it be reached.
const asked: { url: string; headers: IncomingHttpHeaders }[] = []
const answers: Record<string, (answer: ServerResponse) => void> = {
  '/feed.xml': (answer) => answer.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', 'set-cookie': 'a=b' }).end('<rss/>'),
  '/private': (answer) => answer.writeHead(302, { location: 'http://127.0.0.2:1/secret' }).end(),
  '/scheme': (answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/once': (answer) => answer.writeHead(301, { location: '/feed.xml' }).end(),
  '/round': (answer) => answer.writeHead(302, { location: '/round' }).end(),
  '/says-large': (answer) => answer.writeHead(200, { 'content-type': 'text/html', 'content-length': '9000000' }).end('x'),
  '/large': (answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' })
    for (let n = 0; n < 40; n++) answer.write(Buffer.alloc(100_000))
    answer.end()
  },
  '/slow': (answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).write('x'),
  '/packed': (answer) => answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('x'),
  '/program': (answer) => answer.writeHead(200, { 'content-type': 'application/x-msdownload' }).end('MZ'),
}
const server = createServer((request, answer) => {
  asked.push({ url: request.url ?? '', headers: request.headers })
  const found = answers[request.url ?? '']
  if (found) found(answer)
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

const resolved: string[] = []
const here: Network = {
  resolve: async (name) => {
    resolved.push(name)
    return ['127.0.0.1']
  },
  mayReach: (address) => address === '127.0.0.1',
}
const WISH = { types: /^(text\/html|application\/rss\+xml)$/, mostBytes: 1_000_000 }
const fetchHere = (path: string, network = here, mostMs = 20_000) => fetchPublic(`http://site.example:${port}${path}`, { ...WISH, mostMs }, network)

test('what is on the public network is fetched, also behind a redirect, without cookie, referrer or a word of who asks', async () => {
  expect(await fetchHere('/once')).toEqual({ bytes: Buffer.from('<rss/>'), type: 'application/rss+xml', address: `http://site.example:${port}/feed.xml` })
  await fetchHere('/feed.xml')
  for (const { headers } of asked) {
    expect(headers).toEqual({ host: `site.example:${port}`, 'user-agent': expect.stringMatching(/^Altavoz \(/), accept: '*/*', 'accept-encoding': 'identity', connection: 'close' })
  }
})

const NOT_PUBLIC = {
  loopback: ['127.0.0.1', '127.1.2.3', '::1'], 'this machine': ['0.0.0.0', '::'], private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1'],
  'link-local': ['169.254.1.1', 'fe80::1', 'fe80::1%eth0'], metadata: ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'],
  CGNAT: ['100.64.0.1', '100.127.255.255'], multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'], reserved: ['240.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  'IPv4 within IPv6': ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1', '::127.0.0.1'], NAT64: ['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1'], '6to4 and Teredo': ['2002:7f00:1::1', '2001:0:7f00:1::1'], 'no address': ['', 'localhost', '1.2.3'],
}
test.each(Object.entries(NOT_PUBLIC))('%s is not the public network', (_, addresses) => {
  for (const address of addresses) expect(isPublicAddress(address), address).toBe(false)
})
test('the public network is', () => {
  for (const address of ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '193.0.0.1', '2606:4700::1111', '2a00:1450:4001::1']) expect(isPublicAddress(address), address).toBe(true)
})

test.each(['127.0.0.1', '0', '0x7f.1', '2130706433', '017700000001', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', 'localhost', 'localhost.'])('http://%s is refused before anything is asked', async (host) => {
  expect(await fetchPublic(`http://${host}:${port}/feed.xml`, WISH)).toEqual({ refused: expect.stringMatching(/is no address of the public network/) })
  expect(asked).toEqual([])
})

test('a name with one public and one private address is refused', async () => {
  const network = { ...PUBLIC, resolve: async () => ['1.1.1.1', '127.0.0.1'] }
  expect(await fetchHere('/feed.xml', network)).toEqual({ refused: 'site.example is no address of the public network' })
})

test('a name that changes between the look and the use leads where was looked: it is asked for once a step', async () => {
  let times = 0
  // Of the second look it would be an address where nothing listens.
  const rebinding: Network = { resolve: async () => [times++ === 0 ? '127.0.0.1' : '127.0.0.9'], mayReach: (address) => address.startsWith('127.') }
  expect(await fetchHere('/feed.xml', rebinding)).toMatchObject({ type: 'application/rss+xml' })
  expect(times).toBe(1)
})

test.each([
  ['/private', '127.0.0.2 is no address of the public network'], ['/scheme', 'it leads to “file:”'], ['/round', 'it leads on more than 5 times'], ['/says-large', 'larger than 1 MB'], ['/large', 'larger than 1 MB'],
  ['/packed', 'packs what was asked for unpacked'], ['/program', 'application/x-msdownload'], ['/nothing', 'its server answers 404'],
])('%s: %s', async (path, reason) => {
  expect(await fetchHere(path)).toEqual({ refused: expect.stringContaining(reason) })
  expect(asked.length).toBeLessThanOrEqual(6)
})

describe.runIf(hasOpenssl)(`https${withOpenssl}`, () => {
  const authority = hasOpenssl ? makeAuthority() : undefined
  afterAll(() => authority?.remove())
  const day = (offset: number) => Temporal.Now.plainDateISO('UTC').add({ days: offset }).toString()

  /** What is said of a server of that certificate when it is asked as https://site.example, and how often it was asked for a page. */
  async function fetchOver(name: string, { from = -10, until = 80, isTrusted = true } = {}) {
    let pages = 0
    const safe = createSafeServer(authority!.sign(name, day(from), day(until)), (_, answer) => {
      pages++
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>x</p>')
    })
    await new Promise<void>((done) => { safe.listen(0, '127.0.0.1', done) })
    const before = getCACertificates('default')
    if (isTrusted) setDefaultCACertificates([...before, authority!.cert])
    try {
      return { said: await fetchPublic(`https://site.example:${(safe.address() as AddressInfo).port}/`, WISH, here), pages }
    } finally {
      setDefaultCACertificates(before)
      safe.close()
    }
  }

  test('a certificate that is trusted, for the name that was asked for, is enough', async () => {
    expect(await fetchOver('site.example')).toMatchObject({ said: { type: 'text/html', bytes: Buffer.from('<p>x</p>') } })
  })
  test.each([
    ['of an authority that nobody knows', 'site.example', { isTrusted: false }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['for another name', 'elsewhere.example', {}, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that ended', 'site.example', { from: -90, until: -1 }, 'CERT_HAS_EXPIRED'],
  ])('one %s is refused before anything is asked', async (_, name, options, code) => {
    expect(await fetchOver(name, options)).toEqual({ said: { refused: `it could not be fetched (${code})` }, pages: 0 })
  })
})

test('what does not end is given up', async () => {
  expect(await fetchHere('/slow', here, 300)).toEqual({ refused: 'it was not there within 0.3 seconds' })
})

test('an onion, a name of a neighbourhood and one with a password are not even looked up', async () => {
  resolved.length = 0
  for (const address of ['http://abcdef.onion/', 'http://printer.local/', 'http://metadata.google.internal/', 'http://a:b@site.example/']) expect(await fetchPublic(address, WISH, here)).toEqual({ refused: expect.any(String) })
  expect(resolved).toEqual([])
})

test('the server of these tests can be reached: a refusal above is no accident', async () => {
  await new Promise<void>((done, failed) => connect(port, '127.0.0.1', function (this: { end(): void }) { this.end(); done() }).on('error', failed))
})
