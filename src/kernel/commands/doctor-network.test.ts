// What doctor finds out by asking: a real TLS server and a real mail server on loopback, with certificates of an authority of our own.
import { createServer as createPlain } from 'node:net'
import { createServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { lookAtName } from '#kernel/commands/doctor-dns.ts'
import { shown, together } from '#kernel/commands/doctor-finding.ts'
import { lookAtMail } from '#kernel/commands/doctor-mail.ts'
import { lookAtOrigin } from '#kernel/commands/doctor-tls.ts'
import { publicNames } from '#kernel/fetching/server/own-addresses.ts'
import { type Certificate, hasOpenssl, makeAuthority, withOpenssl } from '#kernel/testing/certificates.ts'
import { freePort } from '#kernel/testing/free-port.ts'

const authority = hasOpenssl ? makeAuthority() : undefined
afterAll(() => authority?.remove())
const closings: (() => void)[] = []
afterEach(() => { for (const close of closings.splice(0)) close() })

const now = Temporal.Now.instant()
const day = (offset: number) => now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: offset }).toString()
const certificate = (name = 'localhost', from = -10, until = 80) => authority!.sign(name, day(from), day(until))

async function listening(server: Server): Promise<number> {
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  closings.push(() => server.close())
  return (server.address() as AddressInfo).port
}

const OURS = 'Contact: mailto:c@example.org\nCanonical: https://localhost/.well-known/security.txt\n'

async function site(pair: Certificate, answer: { status?: number; text?: string } = {}) {
  const server = createServer(pair, (_, res) => { res.writeHead(answer.status ?? 200).end(answer.text ?? OURS) })
  return `https://localhost:${await listening(server)}`
}

describe.runIf(hasOpenssl)(`tls${withOpenssl}`, () => {
  test('a valid certificate and our own page are good, with the days that are left', async () => {
    const finding = await lookAtOrigin(await site(certificate()), now, authority!.cert)
    expect(finding).toMatchObject({ state: 'good', says: expect.stringMatching(/is our site.* good for 79 days$/) })
  })
  test('one that ends soon is named in time, and one of few days from its first day on is not', async () => {
    expect(await lookAtOrigin(await site(certificate('localhost', -80, 10)), now, authority!.cert)).toMatchObject({ state: 'look', says: expect.stringContaining('ends in 9 days') })
    expect(await lookAtOrigin(await site(certificate('localhost', -1, 6)), now, authority!.cert)).toMatchObject({ state: 'good' })
  })
  test('one that ended is bad, with its day', async () => {
    expect(await lookAtOrigin(await site(certificate('localhost', -90, -1)), now, authority!.cert)).toMatchObject({ state: 'bad', says: `the certificate of localhost ended on ${day(-1)}` })
  })
  test('one for another name is bad, and names it', async () => {
    expect(await lookAtOrigin(await site(certificate('elsewhere.example')), now, authority!.cert)).toMatchObject({ state: 'bad', says: expect.stringMatching(/for DNS:elsewhere\.example, not for localhost/) })
  })
  test('one that no browser trusts is bad', async () => {
    expect(await lookAtOrigin(await site(certificate()), now)).toMatchObject({ state: 'bad', says: expect.stringContaining('browsers do not trust') })
  })
  test.each([[502, 'does not reach Altavoz'], [421, 'does not pass the name on'], [200, 'something else than Altavoz'], [404, 'something else than Altavoz']])('status %i says what is before it', async (status, says) => {
    expect(await lookAtOrigin(await site(certificate(), { status, text: 'hello' }), now, authority!.cert)).toMatchObject({ state: 'bad', says: expect.stringContaining(says) })
  })
})

test('nobody there, somebody who does not speak TLS, and somebody silent are each told, within seconds', async () => {
  expect(await lookAtOrigin(`https://localhost:${await freePort()}`, now)).toMatchObject({ state: 'bad', says: expect.stringContaining('ECONNREFUSED') })
  const plain = await listening(createPlain((socket) => { socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\n\r\n') }))
  expect(await lookAtOrigin(`https://localhost:${plain}`, now)).toMatchObject({ state: 'bad', says: expect.stringContaining('does not answer') })
  const silent = await listening(createPlain((socket) => { socket.on('error', () => {}); closings.push(() => socket.destroy()) }))
  expect(await lookAtOrigin(`https://localhost:${silent}`, now)).toMatchObject({ state: 'bad', says: expect.stringContaining('no answer in 5 s') })
  expect(await lookAtOrigin('https://nobody.invalid', now)).toMatchObject({ state: 'bad', says: expect.stringContaining('no address') })
}, 30_000)

/** A mail server that refuses to take any mail: if one were sent, its count would show. */
async function mailServer(options: SMTPServerOptions) {
  const seen = { mails: 0, users: [] as string[] }
  const server = new SMTPServer({
    logger: false, ...options,
    onAuth: ({ username, password }, _, done) => {
      seen.users.push(username ?? '')
      if (password === 'p%ss word') done(null, { user: username })
      else done(new Error('wrong password'))
    },
    onMailFrom: (_address, _session, done) => { seen.mails++; done() },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  closings.push(() => server.close())
  return { seen, port: (server.server.address() as AddressInfo).port }
}

describe.runIf(hasOpenssl)(`mail${withOpenssl}`, () => {
  test('over TLS with the right password it is good, and nothing is sent', async () => {
    const { seen, port } = await mailServer({ secure: true, ...certificate() })
    expect(await lookAtMail(`smtps://ana%40example.org:p%25ss%20word@localhost:${port}`, authority!.cert)).toMatchObject({ state: 'good', says: expect.stringMatching(/over TLS, and takes user and password; nothing was sent$/) })
    expect(seen).toEqual({ mails: 0, users: ['ana@example.org'] })
  })
  test('STARTTLS is used where it is offered', async () => {
    const { port } = await mailServer({ ...certificate() })
    expect(await lookAtMail(`smtp://ana:p%25ss%20word@localhost:${port}`, authority!.cert)).toMatchObject({ state: 'good' })
  })
  test('a wrong password is bad, and not printed', async () => {
    const { port } = await mailServer({ secure: true, ...certificate() })
    const finding = await lookAtMail(`smtps://ana:hunter2@localhost:${port}`, authority!.cert)
    expect(finding).toMatchObject({ state: 'bad', says: expect.stringContaining('refuses user or password'), next: expect.stringContaining('setup') })
    expect(JSON.stringify(finding)).not.toContain('hunter2')
  })
  test('a certificate that is not to be trusted is bad before any password is said', async () => {
    const { seen, port } = await mailServer({ secure: true, ...certificate('elsewhere.example') })
    expect(await lookAtMail(`smtps://ana:p%25ss%20word@localhost:${port}`, authority!.cert)).toMatchObject({ state: 'bad' })
    expect(seen.users).toEqual([])
  })
})

test('a server elsewhere that offers no encryption is bad: it is told no password', async () => {
  const { seen, port } = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true })
  // Loopback in a spelling that is not taken for this machine.
  const finding = await lookAtMail(`smtp://ana:p%25ss%20word@[::ffff:127.0.0.1]:${port}`)
  expect(finding).toMatchObject({ state: 'bad', says: expect.stringContaining('offers no encryption') })
  expect(seen.users).toEqual([])
})

test('who is no mail server, and nobody, are told', async () => {
  const silent = await listening(createPlain((socket) => { socket.on('error', () => {}); closings.push(() => socket.destroy()) }))
  const [nobody, quiet] = await Promise.all([lookAtMail(`smtp://localhost:${await freePort()}`), lookAtMail(`smtp://localhost:${silent}`)])
  expect(nobody).toMatchObject({ state: 'bad', says: expect.stringContaining('does not answer as a mail server') })
  expect(quiet).toMatchObject({ state: 'bad', says: expect.stringContaining('does not answer as a mail server') })
}, 30_000)

describe('dns', () => {
  test('only names that the world can look up are asked for', () => {
    expect(publicNames(['https://example.org', 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://abc.onion', 'https://example.org:8443'])).toEqual(['example.org'])
  })
  test('a name that leads here, elsewhere, or nowhere', async () => {
    const here = await lookAtName('localhost', ['127.0.0.1', '::1'])
    expect(here).toMatchObject({ state: 'good', says: expect.stringContaining('this machine') })
    expect(await lookAtName('localhost', ['198.51.100.7'])).toMatchObject({ state: 'look', says: expect.stringContaining('not an address of this machine') })
    expect(await lookAtName('localhost', ['192.168.1.2'])).toMatchObject({ state: 'good', says: expect.stringContaining('cannot be told') })
    expect((await lookAtName('nobody.invalid', [])).state).not.toBe('good')
  }, 15_000)
})

test('the worst of several is what is told, and a stranger’s words are made plain', () => {
  expect(together([{ state: 'good', says: 'a' }, { state: 'bad', says: 'b', next: 'c' }])).toEqual({ state: 'bad', says: 'b', next: 'c' })
  expect(together([{ state: 'good', says: 'a' }, { state: 'good', says: 'b' }])).toEqual({ state: 'good', says: 'a; b' })
  expect(shown('\x1b[31mred\r\nalert\u202e')).toBe('[31mred alert')
})
