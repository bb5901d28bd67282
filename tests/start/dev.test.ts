/** A developer on a train: bin/dev needs no network, and what she saves is served a moment later. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '#kernel/testing/free-port.ts'
import { checkout, copyHouse, isRoot, newFolder } from './installation.ts'

const PARTS = ['bin', 'src', 'messages', 'project.inlang', 'static', 'starter', 'tools', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', 'build']

/** Tools write beside the packages while they build: not beside those of the checkout. */
function linkEachPackage(house: string) {
  const packages = join(house, 'node_modules')
  rmSync(packages) // the link to all of them
  mkdirSync(packages)
  for (const name of readdirSync(join(checkout, 'node_modules'))) {
    if (!name.startsWith('.vite') && name !== '$app') symlinkSync(join(checkout, 'node_modules', name), join(packages, name))
  }
}

/** Whether this user may put a program into a network that has nothing but itself. */
function canTakeNetworkAway(): boolean {
  if (!isRoot) return false
  try {
    execFileSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up && command -v curl'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('without a network bin/dev serves starter content, and a saved source is served a moment later', async () => {
  const isAlone = canTakeNetworkAway()
  if (!isAlone) console.log('this user cannot take the network away: bin/dev runs with it')
  const house = copyHouse(newFolder('altavoz'), PARTS)
  linkEachPackage(house)
  const port = String(await freePort())
  const dev = join(house, 'bin/dev')
  const [program, ...args] = isAlone ? ['unshare', '--net', 'sh', '-c', `ip link set lo up && exec '${dev}'`] : [dev]
  const child = spawn(program!, args, { env: { PATH: process.env.PATH, DATA_DIR: newFolder('data'), PORT: port }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => { said += bytes })
  const ended = new Promise((done) => child.once('exit', done))

  const ask = async (path: string): Promise<string> => {
    const url = `http://localhost:${port}${path}`
    if (!isAlone) return (await fetch(url)).text().catch(() => '')
    return execFileSync('nsenter', [`--net=/proc/${child.pid}/ns/net`, 'curl', '--silent', '--max-time', '5', url], { encoding: 'utf8' })
  }
  const asked = (path: string) => ask(path).catch(() => '')
  try {
    await expect.poll(() => said, { timeout: 60_000 }).toContain('altavoz ready on')
    expect(/href="\/en\/media\/[a-z0-9-]+"/.test(await asked('/en/media'))).toBe(true)
    if (isAlone) expect(() => execFileSync('nsenter', [`--net=/proc/${child.pid}/ns/net`, 'curl', '--silent', '--max-time', '2', 'http://192.0.2.1/'], { stdio: 'ignore' })).toThrow()

    const messages = join(house, 'messages/en/site.json')
    const texts = JSON.parse(readFileSync(messages, 'utf8')) as Record<string, unknown>
    writeFileSync(messages, JSON.stringify({ ...texts, nav_media: 'Saved a moment ago' }))
    await expect.poll(async () => (await asked('/en/media')).includes('Saved a moment ago'), { timeout: 120_000, interval: 500 }).toBe(true)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${said.slice(-3000)}`, { cause: error })
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}, 240_000)
