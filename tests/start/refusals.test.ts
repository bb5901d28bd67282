import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyHouse, giveTo, isRoot, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { withSmallDisk } from '#kernel/testing/small-disk.ts'
import { BARE, refusalOf, start } from './starting.ts'

const shared = copyHouse()
const settings = async (dataDir = newFolder('data')) => ({ DATA_DIR: dataDir, PORT: String(await freePort()) })

test('a taken port is named', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => { taken.listen(0, '127.0.0.1', resolve) })
  const { port } = taken.address() as { port: number }
  const env = { ...(await settings()), PORT: String(port) }
  expect(await refusalOf(start(shared, { env }))).toMatch(new RegExp(`port ${port} is taken .*PORT`))
  expect(existsSync(join(env.DATA_DIR, 'postgres/postmaster.pid')), 'a refused start leaves no database behind').toBe(false)
  taken.close()
})

test('another Altavoz on the same data folder is told, and goes on', async () => {
  const env = await settings()
  const first = start(shared, { env, args: BARE })
  const origin = await first.ready()
  expect(await refusalOf(start(shared, { env: { ...env, PORT: String(await freePort()) } })))
    .toMatch(/another Altavoz is already using this data folder/i)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
})

test('a data folder that cannot be written is named', async () => {
  const closed = newFolder('closed')
  chmodSync(closed, 0o555)
  const env = await settings(join(closed, 'data'))
  expect(await refusalOf(start(shared, { env, asOrdinary: true }))).toMatch(/DATA_DIR .*not writable by user/)
})

test.runIf(isRoot)('a data folder of another user is named', async () => {
  const foreign = giveTo(2, newFolder('data'))
  chmodSync(foreign, 0o700)
  expect(await refusalOf(start(shared, { env: await settings(foreign), asOrdinary: true })))
    .toMatch(/DATA_DIR .*not writable by user|belongs to another user/)
})

test('a data folder that is a file is named', async () => {
  const file = join(newFolder(), 'data')
  writeFileSync(file, '')
  expect(await refusalOf(start(shared, { env: await settings(file) }))).toMatch(/is a file|is no folder/)
})

test.runIf(isRoot)('root is told of a checkout that the unprivileged user cannot reach, before anything is installed', async () => {
  const house = copyHouse()
  rmSync(join(house, 'node_modules'))
  chmodSync(house, 0o700)
  expect(await refusalOf(start(house, { env: await settings() }))).toMatch(/cannot reach .*move this folder/)
  expect(readdirSync(house)).not.toContain('node_modules')
})

test.runIf(isRoot)('root is told of a data folder that the unprivileged user cannot reach', async () => {
  const home = newFolder('home')
  chmodSync(home, 0o700)
  expect(await refusalOf(start(shared, { env: await settings(join(home, 'data')) }))).toMatch(/cannot reach DATA_DIR/)
})

test.runIf(isRoot)('a full disk is named', async ({ skip }) => {
  const disk = newFolder('disk')
  await withSmallDisk(disk, '16m', skip, async () => {
    expect(await refusalOf(start(shared, { env: await settings(join(disk, 'data')) }))).toMatch(/disk .*full/i)
  })
})

test.each([
  ['PORT', 'eighty'],
  ['HOST', 'here there!'],
  ['ORIGIN', 'example.org'],
  ['DATA_DIR', 's3://bucket'],
  ['SITE_ZONE', 'Mars/Olympus'],
  ['DATABASE_URL', 'mysql://user:secret@host/x'],
  ['DATABASE_DIRECT_URL', 'postgres://user:secret@host/x'],
  ['SMTP_URL', 'mail.example.org'],
  ['BLOB_URL', 's3://bucket'],
  ['TRUSTED_PROXY', 'proxy'],
  ['METRICS_TOKEN', 'short'],
])('a malformed %s is named, with what to write', async (name, value) => {
  const sentence = await refusalOf(start(shared, { env: { ...(await settings()), [name]: value } }))
  expect(sentence).toMatch(new RegExp(`${name} .*: (write|leave|set) `))
  expect(sentence).not.toContain('secret')
})

test('an unknown word of bin/start is named', async () => {
  expect(await refusalOf(start(shared, { args: ['--brae'] }))).toMatch(/"--brae".*--bare/)
})

/** The system's programs without node and npm. */
function pathWithoutNode(): string {
  const folder = newFolder('programs')
  for (const from of ['/bin', '/usr/bin', '/usr/sbin']) {
    for (const name of readdirSync(from)) {
      if (/^(node|nodejs|npm|npx|corepack)$/.test(name)) continue
      try {
        symlinkSync(join(from, name), join(folder, name))
      } catch { /* /bin and /usr/bin are often one folder */ }
    }
  }
  return folder
}

test('a machine without Node.js is told where to get it', async () => {
  const house = copyHouse()
  rmSync(join(house, 'node_modules'))
  expect(await refusalOf(start(house, { env: await settings(), path: pathWithoutNode() }))).toMatch(/Node\.js 20 or newer .*nodejs\.org/)
})

test('a machine with an old Node.js is told which one it has', async () => {
  const house = copyHouse()
  rmSync(join(house, 'node_modules'))
  const path = pathWithoutNode()
  const old = newFolder('old')
  mkdirSync(old, { recursive: true })
  for (const [name, script] of [['npm', 'exit 0'], ['node', 'case "$1" in -p) echo 18;; --version) echo v18.20.0;; esac']]) {
    writeFileSync(join(old, name!), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  expect(await refusalOf(start(house, { env: await settings(), path: `${old}:${path}` }))).toMatch(/20 or newer .*v18\.20\.0/)
})

test('after an installation that left out what cannot be left out, it is named', async () => {
  const house = copyHouse()
  rmSync(join(house, 'node_modules'))
  mkdirSync(join(house, 'node_modules'))
  writeFileSync(join(house, 'node_modules/.package-lock.json'), '{}')
  const sentence = await refusalOf(start(house, { env: await settings(), path: pathWithoutNode() }))
  expect(sentence).toMatch(/leaves out optional packages.*start again/)
})
