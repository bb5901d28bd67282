// The door over real connections; behind it stands a small Kit of this test's own that shows what reaches the routes.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { House } from '#kernel/house.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import { RouteKeys } from '#kernel/page-cache/key.ts'
import { PageCache } from '#kernel/page-cache/page-cache.ts'
import type { Reading } from '#kernel/page-cache/reading.ts'
import { openDoor } from '#kernel/web/door.ts'
import { HouseNames, TrustedProxies } from '#kernel/web/names.ts'
import { PageStyle } from '#kernel/web/page-style.ts'
import { securityHeaders } from '#kernel/web/security-headers.ts'
import { cachedRoutes, printedPath } from '../../routes-table.ts'

let server: Server
let house: House
let isUp = true
let seen: Request[] = []
let answerWith: (request: Request, reading: Reading) => Response | Promise<Response>

interface Answer { status: number; headers: Record<string, string>; raw: Buffer; text: string }

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((done, failed) => {
    const { port } = server.address() as AddressInfo
    const asking = request({ port, path, method, headers, setHost: !('Host' in headers) }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const raw = Buffer.concat(parts)
        const coding = answer.headers['content-encoding']
        const plain = raw.length === 0 ? raw : coding === 'br' ? brotliDecompressSync(raw) : coding === 'gzip' ? gunzipSync(raw) : raw
        done({ status: answer.statusCode!, headers: answer.headers as Record<string, string>, raw, text: plain.toString() })
      })
    })
    asking.once('error', failed)
    asking.end()
  })
}

beforeEach(async () => {
  isUp = true
  seen = []
  answerWith = (req, reading) => {
    reading.tag('site')
    return new Response(`<p>${new URL(req.url).pathname}${new URL(req.url).search}</p>`, { headers: { 'content-type': 'text/html', 'x-sveltekit-page': 'true' } })
  }
  const reading = new AsyncLocalStorage<Reading>()
  const pages = new PageCache({ clock: () => 1000, gate: new Gate(2, 2) })
  pages.hear()
  house = {
    pages, reading, db: { isUp: () => isUp, read: {} }, clock: () => Temporal.Instant.fromEpochMilliseconds(1000),
    settings: { metricsToken: 'a-token-of-24-characters' }, log: { error: () => {} }, mayShowBlob: async () => false,
  } as unknown as House
  const style = new PageStyle('p{}')
  const base = securityHeaders(style.hash, false)
  server = createServer(openDoor({
    house, names: new HouseNames(['http://alliance.example', 'https://second.example']), proxies: new TrustedProxies([]), dress: { base, style }, agreeDress: { base, style }, deskDressAt: () => ({ base, style }), keys: new RouteKeys(cachedRoutes),
    printed: { path: printedPath, gate: new Gate(1, 0) }, answerFile: () => false,
    kit: { respond: async (req) => { seen.push(req); return answerWith(req, reading.getStore()!) } },
  }))
  await new Promise<void>((ready) => server.listen(0, ready))
})
afterEach(() => new Promise<void>((done) => { server.close(() => done()); server.closeAllConnections() }))

test('a page is made once and then kept, in each coding, under its own strong validator', async () => {
  const br = await ask('/en/media', { 'Accept-Encoding': 'br, gzip' })
  const gzip = await ask('/en/media', { 'Accept-Encoding': 'gzip' })
  const plain = await ask('/en/media')
  expect(seen).toHaveLength(1)
  expect([br, gzip, plain].map(({ text }) => text)).toEqual(Array(3).fill('<p>/en/media</p>'))
  expect(new Set([br, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3)
  expect(br.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding', 'content-encoding': 'br' })
  for (const name of ['last-modified', 'x-sveltekit-page', 'x-powered-by', 'server']) expect(br.headers).not.toHaveProperty(name)
})

test('304 and HEAD carry the headers of 200', async () => {
  const whole = await ask('/en/media', { 'Accept-Encoding': 'br' })
  const { date: _, ...expected } = whole.headers
  const held = await ask('/en/media', { 'Accept-Encoding': 'br', 'If-None-Match': whole.headers.etag! })
  const head = await ask('/en/media', { 'Accept-Encoding': 'br' }, 'HEAD')
  expect([held.status, held.raw.length, head.status, head.raw.length]).toEqual([304, 0, 200, 0])
  expect(head.headers).toMatchObject(expected)
  // The length is left out: old parsers wait for that many bytes of a body that never comes.
  const { 'content-length': _length, ...ofHeld } = expected
  expect(held.headers).toMatchObject(ofHeld)
})

test('every answer carries the security headers', async () => {
  answerWith = (req) => new Response('x', { status: req.url.endsWith('/en/none') ? 404 : 200 })
  for (const answer of [await ask('/en/media'), await ask('/en/none'), await ask('/en/', { Host: 'evil.example' }), await ask('/', {}, 'PUT')]) {
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    for (const part of [`base-uri 'none'`, `frame-ancestors 'none'`, `form-action 'self'`]) expect(answer.headers['content-security-policy']).toContain(part)
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
  }
})

test('pages of other sites may read what programs are given, and nothing else', async () => {
  answerWith = (req) => new Response('x', { status: req.url.endsWith('/none') ? 404 : 200 })
  for (const path of ['/api/v1/items', '/api/v1/items', '/api/v1/none']) {
    const { headers } = await ask(path, { Origin: 'https://other.example' })
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-expose-headers': 'ETag, Retry-After', 'cross-origin-resource-policy': 'same-origin' })
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  }
  const asked = await ask('/api/v1/items', { Origin: 'https://other.example', 'Access-Control-Request-Method': 'GET' }, 'OPTIONS')
  expect([asked.status, asked.headers['access-control-allow-methods'], asked.headers['x-content-type-options']]).toEqual([204, 'GET, HEAD, OPTIONS', 'nosniff'])
  for (const [path, method] of [['/en/media', 'GET'], ['/en/api/', 'GET'], ['/en/media', 'OPTIONS'], ['/api/v1/items', 'POST']] as const) {
    expect((await ask(path, { Origin: 'https://other.example' }, method)).headers, `${method} ${path}`).not.toHaveProperty('access-control-allow-origin')
  }
})

test('another name is 421 with a sentence that does not repeat it, and loopback names answer', async () => {
  const other = await ask('/es/media', { Host: 'evil.example' })
  expect(other.status).toBe(421)
  expect(other.text).not.toContain('evil')
  expect((await ask('/es/media', { Host: 'localhost:1' })).status).toBe(200)
  expect((await ask('/es/media', { Host: 'alliance.example' })).status).toBe(200)
  expect(seen.every(({ url }) => url.startsWith('http://alliance.example/'))).toBe(true)
})

test('a form, and what is asked of the desk, comes with the origin of the name that was asked, so that each takes only its own', async () => {
  for (const [host, origin] of [['second.example', 'https://second.example'], ['alliance.example', 'http://alliance.example'], ['localhost:1', 'http://localhost:1']] as const) {
    for (const method of ['GET', 'POST']) {
      await ask('/desk/sign-in', { Host: host }, method)
      expect(seen.at(-1)!.url, method).toBe(`${origin}/desk/sign-in`)
    }
  }
})

test('an address with its origin in it is asked of that name', async () => {
  expect((await ask('http://alliance.example/en/media', { Host: 'evil.example' })).text).toBe('<p>/en/media</p>')
  expect((await ask('http://evil.example/en/media')).status).toBe(421)
  expect((await ask('*', {}, 'OPTIONS')).status).toBe(405)
})

test('a session or a token goes past what is kept, and is not kept', async () => {
  await ask('/en/media')
  await ask('/en/media', { Cookie: '__Host-altavoz=1' })
  await ask('/en/media', { Authorization: 'Bearer x' })
  await ask('/en/media', { Cookie: 'other=1' })
  expect(seen).toHaveLength(3)
})

test.each([400, 404, 410, 500])('an answer of %i is never kept', async (status) => {
  answerWith = () => new Response('x', { status })
  await ask('/en/media')
  expect((await ask('/en/media')).headers).not.toHaveProperty('etag')
  expect(seen).toHaveLength(2)
})

test('Kit’s data addresses are answered like an address that never was', async () => {
  answerWith = (req) => new Response(new URL(req.url).pathname.endsWith('/-/-/-/-') ? 'no such page' : 'secret', { status: 404 })
  for (const path of ['/en/media/embargoed/__data.json', '/en/media/embargoed/__dat%61.json', '/en/__data.json?x-sveltekit-invalidated=1']) {
    expect((await ask(path)).text).toBe('no such page')
  }
})

test('no method but GET, HEAD and POST; no address that is too long or cannot be read', async () => {
  const put = await ask('/en/media', {}, 'PUT')
  expect([put.status, put.headers.allow]).toEqual([405, 'GET, HEAD, POST'])
  expect((await ask(`/en/media?x=${'a'.repeat(5000)}`)).status).toBe(414)
  expect((await ask('/en/%E0%A4%A')).status).toBe(400)
})

test('without the database: 503 with Retry-After, and /readyz says so while /healthz lives', async () => {
  isUp = false
  const page = await ask('/es/media')
  expect([page.status, page.headers['retry-after'], page.headers['cache-control']]).toEqual([503, '3', 'no-store'])
  expect(page.text).toContain('lang="es"')
  const program = await ask('/api/v1/items?q=x')
  expect([program.status, program.headers['retry-after'], program.headers['content-type']]).toEqual([503, '3', 'application/problem+json; charset=utf-8'])
  expect(JSON.parse(program.text)).toMatchObject({ type: 'about:blank', status: 503, title: expect.stringMatching(/\S/) })
  expect((await ask('/readyz')).status).toBe(503)
  expect((await ask('/healthz')).status).toBe(200)
})

test('a rush beyond the queue is 503 while kept pages are served', async () => {
  await ask('/en/media')
  const slow = Promise.withResolvers<void>()
  answerWith = async () => { await slow.promise; return new Response('late', { headers: { 'content-type': 'text/html' } }) }
  const waiting = [1, 2, 3, 4].map((n) => ask(`/en/media/item-${n}`))
  await expect.poll(() => house.pages.gate.waiting).toBe(2)
  expect((await ask('/en/media/item-5')).status).toBe(503)
  expect((await ask('/en/media')).status).toBe(200)
  slow.resolve()
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('a fault shows a number and nothing of itself', async () => {
  answerWith = () => { throw new Error('secret of the database') }
  const { status, text } = await ask('/pt/media')
  expect(status).toBe(500)
  expect(text).toMatch(/\d{4}-\d{4}/)
  expect(text).not.toMatch(/secret|Error|at /)
})

test('/metrics is an address that never was without its token', async () => {
  answerWith = () => new Response('no such page', { status: 404 })
  expect((await ask('/metrics')).text).toBe('no such page')
  expect((await ask('/metrics', { Authorization: 'Bearer wrong-token-of-24-chars' })).status).toBe(404)
  const shown = await ask('/metrics', { Authorization: 'Bearer a-token-of-24-characters' })
  expect(shown.text).toContain('altavoz_page_hits_total')
})

test('fifty thousand unknown query strings leave no more than one page behind', async () => {
  for (let i = 0; i < 2000; i++) await ask(`/en/media?${Math.random().toString(36).slice(2)}=${i}`)
  const keys = new RouteKeys(cachedRoutes)
  for (let i = 0; i < 48_000; i++) expect(keys.target(`/en/media?u${Math.random()}=${i}`).url).toBe('/en/media')
  expect(house.pages.store.size).toBe(1)
  expect(seen).toHaveLength(1)
})

test('the style stands in the page and is the one that the policy allows', async () => {
  answerWith = () => new Response('<style>/*altavoz-style*/</style><p>', { headers: { 'content-type': 'text/html' } })
  const { text, headers } = await ask('/en/media')
  expect(text).toBe('<style>p{}</style><p>')
  const hash = createHash('sha256').update('p{}').digest('base64')
  expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}';`)
})

test('a document goes out as it is, whatever coding is asked for, under one strong validator', async () => {
  const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 31) % 256))
  for (const [path, type] of [['/es/media/un-texto/print.pdf', 'application/pdf'], ['/es/media/un-texto/card.png', 'image/png']] as const) {
    answerWith = () => new Response(bytes, { headers: { 'content-type': type, 'content-disposition': 'inline' } })
    const [br, plain] = [await ask(path, { 'Accept-Encoding': 'br, gzip' }), await ask(path)]
    expect(br.headers).not.toHaveProperty('content-encoding')
    expect(br.headers).toMatchObject({ 'content-type': type, 'content-length': '4000', 'content-disposition': 'inline' })
    expect([br.raw.equals(bytes), plain.raw.equals(bytes), br.headers.etag === plain.headers.etag]).toEqual([true, true, true])
    expect((await ask(path, { 'If-None-Match': br.headers.etag! })).status).toBe(304)
  }
  expect(seen).toHaveLength(2)
})

test('while the press is taken, in whatever spelling, pages are answered, and the next document is told when to come again', async () => {
  let release = () => {}
  const printing = new Promise<void>((done) => { release = done })
  answerWith = async (request) => {
    if (decodeURIComponent(new URL(request.url).pathname).includes('print.pdf')) await printing
    return new Response('<p>x</p>', { headers: { 'content-type': 'text/html' } })
  }
  const first = ask('/es/media/uno/print.p%64f')
  await expect.poll(() => seen.length).toBe(1)
  for (const path of ['/es/media/dos/print.pdf', '/es/media/dos/%70rint.pdf?paper=letter', '/es/media/dos/print.pdf/']) {
    const refused = await ask(path)
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '3'])
  }
  const personal = await ask('/es/media/dos/print.pdf', { Cookie: '__Host-altavoz=1' })
  expect(personal.status).toBe(503)
  for (const path of ['/en/media', '/es/media', '/fr/media']) expect((await ask(path)).status).toBe(200)
  release()
  expect((await first).status).toBe(200)
})

test('a route that is too busy is said to be so, with when to come again', async () => {
  answerWith = () => new Response(null, { status: 503, headers: { 'retry-after': '3' } })
  const busy = await ask('/es/media/uno/card.png')
  expect([busy.status, busy.headers['retry-after'], busy.headers['cache-control']]).toEqual([503, '3', 'no-store'])
  expect(busy.text).toContain('Hay muchas visitas')
})

test('guesses at sign-in stand still in a queue of their own, and hold no place of a page', async () => {
  const waiting = Promise.withResolvers<void>()
  answerWith = async (req) => {
    if (new URL(req.url).pathname === '/desk/sign-in') await waiting.promise
    return new Response('<p>')
  }
  const guesses = Array.from({ length: 10 }, () => ask('/desk/sign-in', {}, 'POST'))
  await expect.poll(() => seen.length).toBe(10)
  expect((await ask('/en/media')).status).toBe(200)
  expect((await ask('/desk/account')).status).toBe(200)
  waiting.resolve()
  expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(Array(10).fill(200))
})

test('files that are sent wait for each other, and hold no place of a page', async () => {
  const waiting = Promise.withResolvers<void>()
  answerWith = async (req) => (req.method === 'POST' ? waiting.promise : Promise.resolve()).then(() => new Response('<p>'))
  const sent = ['/desk/media/pictures', '/desk/media/pictures/1?/redraw', '/desk/media/upload', '/desk/media/upload/1', '/desk/media/1/pt/docx', '/desk/media/1/pt/translate?/bring', '/desk/media/%6eew', '/desk/media/1/pt/translate?%2Fbring', '/desk/media/1/pt/docx/', '/desk/media/upload/2'].map((path) => ask(path, {}, 'POST'))
  await expect.poll(() => seen.length).toBe(10)
  expect([(await ask('/en/media')).status, (await ask('/desk/account')).status]).toEqual([200, 200])
  waiting.resolve()
  expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(10).fill(200))
})

test('what is asked of the desk carries its whole request and is kept nowhere, whatever spelling its address has', async () => {
  for (const path of ['/desk', '/desk/account', '/%64esk/account']) {
    for (let i = 0; i < 2; i++) {
      const answer = await ask(path, { Cookie: 'altavoz=abc' })
      expect(answer.headers, path).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
      expect(seen.at(-1)!.headers.get('cookie'), path).toBe('altavoz=abc')
    }
    await ask(path)
  }
  expect(seen, 'each time anew').toHaveLength(9)
})
