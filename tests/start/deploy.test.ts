// The files of deploy/, each read by the program that it is written for.
import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { checkout, copyHouse, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { start } from './starting.ts'

const deploy = (name: string) => join(checkout, 'deploy', name)
const answers = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const unless = (isThere: boolean, what: string) => (isThere ? '' : ` (skipped: this machine has no ${what})`)

const hasSystemd = answers('systemd-analyze', '--version')
const hasCaddy = answers('caddy', 'version')
const hasTor = answers('tor', '--version')

describe.runIf(hasSystemd)(`systemd${unless(hasSystemd, 'systemd-analyze')}`, () => {
  test('takes the unit without a complaint', async () => {
    const unit = join(newFolder(), 'altavoz.service')
    writeFileSync(unit, readFileSync(deploy('altavoz.service'), 'utf8').replace('ExecStart=/opt/altavoz', `ExecStart=${checkout}`))
    expect(await promisify(execFile)('systemd-analyze', ['verify', unit])).toEqual({ stdout: '', stderr: '' })
  })
  test('finds little that the unit leaves open', () => {
    const report = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', deploy('altavoz.service')], { encoding: 'utf8' })
    expect(Number(/Overall exposure level .*: (\d+\.\d)/.exec(report)?.[1])).toBeLessThanOrEqual(1.5)
  })
})

test('under a unit that reaches no other site nobody is offered to have links to other sites checked', () => {
  const unit = readFileSync(deploy('altavoz.service'), 'utf8')
  expect(/^IPAddressDeny=any$/m.test(unit)).toBe(/^Environment=LINK_CHECKS=off$/m.test(unit))
})

test('the operator’s command uses the same program, user and data as the unit', () => {
  const [unit, command] = ['altavoz.service', 'altavoz'].map((name) => readFileSync(deploy(name), 'utf8')) as [string, string]
  const dataDir = /^Environment=DATA_DIR=(\S+)$/m.exec(unit)![1]!
  const user = /^User=(\S+)$/m.exec(unit)![1]!
  expect(command).toContain(`runuser -u ${user} -- env DATA_DIR=${dataDir} /opt/altavoz/bin/altavoz "$@"`)
  expect(unit).toContain('ExecStart=/opt/altavoz/bin/start')
  expect(execFileSync('sh', ['-n', deploy('altavoz')], { encoding: 'utf8' })).toBe('')
})

test.runIf(hasTor)(`Tor takes its lines${unless(hasTor, 'tor')}`, () => {
  const folder = newFolder()
  chmodSync(folder, 0o700)
  const lines = readFileSync(deploy('onion/torrc'), 'utf8').replaceAll('/var/lib/tor/altavoz', join(folder, 'altavoz'))
  writeFileSync(join(folder, 'torrc'), lines)
  const said = spawnSync('tor', ['--verify-config', '--DataDirectory', join(folder, 'tor'), '-f', join(folder, 'torrc')], { encoding: 'utf8' })
  expect(said.status, said.stdout).toBe(0)
})

const running: ChildProcess[] = []
const closings: (() => void)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) close()
  await Promise.all(running.splice(0).map((child) => new Promise((ended) => { child.on('exit', ended).kill('SIGTERM') })))
})

interface Proxy { origin: string; said(): string }

/** Our Caddyfile with ports of loopback and a certificate of Caddy's own in the place of a public one; all else is as it stands. */
async function caddyBefore(port: number, change = (text: string) => text): Promise<Proxy> {
  const folder = newFolder()
  const [https, http] = [await freePort(), await freePort()]
  const options = `\n\thttps_port ${https}\n\thttp_port ${http}\n\tdefault_bind 127.0.0.1\n\tlocal_certs\n\tskip_install_trust\n`
  const text = change(readFileSync(deploy('Caddyfile'), 'utf8'))
    .replace('{\n', `{${options}`).replace(/^your\.name /m, 'localhost ').replace('127.0.0.1:3000', `127.0.0.1:${port}`)
  writeFileSync(join(folder, 'Caddyfile'), text)
  const child = spawn('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }, stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.push(child)
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => { said += bytes })
  const origin = `https://localhost:${https}`
  await expect.poll(() => get(`${origin}/healthz`).then(() => true, () => said), { timeout: 20_000 }).toBe(true)
  return { origin, said: () => said }
}

interface Answer { status: number; headers: IncomingHttpHeaders; text: string }

/** As a browser that takes Caddy's own authority. */
function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(address, { rejectUnauthorized: false, agent: false, headers, timeout: 10_000 }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text: Buffer.concat(parts).toString('latin1') }))
    })
    asking.on('error', reject).end()
  })
}

describe.runIf(hasCaddy)(`Caddy${unless(hasCaddy, 'caddy')}`, () => {
  test('takes its file, written as Caddy writes it', () => {
    expect(spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', deploy('Caddyfile')], { encoding: 'utf8' }).status).toBe(0)
    expect(execFileSync('caddy', ['fmt', deploy('Caddyfile')], { encoding: 'utf8' })).toBe(readFileSync(deploy('Caddyfile'), 'utf8'))
  })

  test('serves the house over https, compressed once, with the house’s own headers, over HTTP/3 too', async () => {
    const port = await freePort()
    const dataDir = newFolder('data')
    const proxy = await caddyBefore(port)
    const house = start(copyHouse(), { env: { DATA_DIR: dataDir, PORT: String(port), ORIGIN: proxy.origin } })
    await house.ready()
    const page = await get(`${proxy.origin}/en/`, { 'accept-encoding': 'br' })
    expect(page.status).toBe(200)
    expect(page.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-cache', 'strict-transport-security': 'max-age=31536000', 'alt-svc': expect.stringContaining('h3=') })
    expect(page.headers['content-security-policy']).toContain(`default-src 'none'`)
    expect(page.headers['set-cookie']).toBeUndefined()
    const again = await get(`${proxy.origin}/en/`, { 'accept-encoding': 'br', 'if-none-match': page.headers.etag! })
    expect(again.status).toBe(304)
    expect((await get(`${proxy.origin}/.well-known/security.txt`)).text).toContain(`Canonical: ${proxy.origin}/`)
  })

  test('passes the name on, and no address of a reader', async () => {
    const seen: IncomingHttpHeaders[] = []
    const behind = createServer((req, res) => { seen.push(req.headers); res.end('ok') })
    await new Promise<void>((ready) => { behind.listen(0, '127.0.0.1', ready) })
    closings.push(() => { behind.close(); behind.closeAllConnections() })
    const proxy = await caddyBefore((behind.address() as AddressInfo).port)
    await get(`${proxy.origin}/es/`, { 'x-forwarded-for': '198.51.100.7' })
    expect(seen.at(-1)).toMatchObject({ host: new URL(proxy.origin).host, 'x-forwarded-proto': 'https' })
    expect(JSON.stringify(seen)).not.toMatch(/198\.51\.100\.7|"x-(forwarded-for|real-ip)"|"forwarded"/)
    const telling = await caddyBefore((behind.address() as AddressInfo).port, (text) => text.replace(/^.*header_up.*$/m, ''))
    await get(`${telling.origin}/es/`)
    expect(seen.at(-1), 'without its line it would').toHaveProperty('x-forwarded-for')
  })

  test('writes down neither who reads nor what, not even when the house is away', async () => {
    const proxy = await caddyBefore(await freePort())
    expect((await get(`${proxy.origin}/es/media/una-nota?q=palabra`)).status).toBe(502)
    expect(proxy.said()).not.toMatch(/una-nota|palabra|remote_ip|remote_addr/)
    const telling = await caddyBefore(await freePort(), (text) => text.replace(/^\t\texclude .*$/m, ''))
    await get(`${telling.origin}/es/media/una-nota?q=palabra`)
    await expect.poll(telling.said, 'without its line it would' as never).toMatch(/una-nota\?q=palabra/)
  })
})
