import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ORDINARY, copyHouse, giveTo, isRoot, newFolder, withoutInstallScripts } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { BARE, refusalOf, servesPages, start } from './starting.ts'

const shared = copyHouse()
const ownFolder = () => (isRoot ? giveTo(ORDINARY, newFolder('data')) : newFolder('data'))
const settings = async (dataDir = newFolder('data')) => ({ DATA_DIR: dataDir, PORT: String(await freePort()) })

test.runIf(isRoot)('root starts it', async () => {
  const house = start(shared, { env: await settings() })
  await servesPages(await house.ready())
})

test('an ordinary user starts it, in a checkout that belongs to another', async () => {
  const house = start(shared, { env: await settings(ownFolder()), asOrdinary: true })
  await servesPages(await house.ready())
})

test('it starts in a folder with spaces and accents', async () => {
  const folder = copyHouse(newFolder('Año de la señora', 'mi altavoz'))
  const house = start(folder, { args: BARE, env: { PORT: String(await freePort()) } })
  await servesPages(await house.ready())
  expect(existsSync(join(folder, 'data/postgres'))).toBe(true)
})

test('it starts in a path that is far longer than a socket may be', async () => {
  const folder = copyHouse(newFolder('a'.repeat(100), 'b'.repeat(100)))
  const house = start(folder, { args: BARE, env: { PORT: String(await freePort()) } })
  await servesPages(await house.ready())
})

test('it serves under what the settings file of its data folder says; the environment says more', async () => {
  const [one, other, third] = await Promise.all([freePort(), freePort(), freePort()])
  const dataDir = ownFolder()
  writeFileSync(join(dataDir, 'settings.env'), `# ours\nPORT=${one}\nORIGIN='http://127.0.0.1:${other}'\n`, { mode: 0o600 })
  if (isRoot) giveTo(ORDINARY, join(dataDir, 'settings.env'))
  const house = start(shared, { args: BARE, env: { DATA_DIR: dataDir }, asOrdinary: true })
  expect(await house.ready()).toBe(`http://127.0.0.1:${other}`)
  await servesPages(`http://127.0.0.1:${one}`)
  house.signal('SIGTERM')
  await house.ended
  expect(await start(shared, { args: BARE, env: { DATA_DIR: dataDir, PORT: String(third), ORIGIN: `http://localhost:${third}` }, asOrdinary: true }).ready()).toBe(`http://localhost:${third}`)
})

test.runIf(isRoot)('a settings file of another user is named', async () => {
  const dataDir = ownFolder()
  writeFileSync(join(dataDir, 'settings.env'), 'PORT=3000\n', { mode: 0o600 })
  expect(await refusalOf(start(shared, { env: { DATA_DIR: dataDir }, asOrdinary: true }))).toMatch(/may not read .*settings\.env: give it to the user/)
})

test('it starts with an empty environment, on port 3000, with its data in the checkout', async () => {
  const folder = copyHouse()
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer().on('error', () => resolve(false))
    probe.listen(3000, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
  if (!isFree) console.log('port 3000 is taken on this machine: this test sets PORT')
  const house = start(folder, { env: isFree ? {} : { PORT: String(await freePort()) } })
  const origin = await house.ready()
  if (isFree) expect(origin).toBe('http://localhost:3000')
  await servesPages(origin)
  expect(existsSync(join(folder, 'data/postgres'))).toBe(true)
})

test('a DATA_DIR is meant as seen from where one stands', async () => {
  const here = newFolder('here')
  const house = start(shared, { args: BARE, env: { DATA_DIR: 'my data', PORT: String(await freePort()) }, cwd: here })
  await house.ready()
  expect(existsSync(join(here, 'my data/postgres'))).toBe(true)
})

test('it starts when install scripts are switched off', async () => {
  const folder = copyHouse()
  withoutInstallScripts(folder)
  const house = start(folder, { env: await settings() })
  await servesPages(await house.ready())
})

test('the first start brings starter content, and --bare brings none', async () => {
  const full = await servesPages(await start(shared, { env: await settings() }).ready())
  const bare = await servesPages(await start(shared, { env: await settings(), args: ['--bare'] }).ready())
  // A text's address has no dot; the feed's stands on every page and proves nothing.
  const linkToText = /href="\/en\/media\/[a-z0-9-]+"/
  expect(full).toMatch(linkToText)
  expect(bare).not.toMatch(linkToText)
})

test('of two starts at once on two data folders both serve', async () => {
  const houses = [start(shared, { args: BARE, env: await settings() }), start(shared, { args: BARE, env: await settings() })]
  for (const house of houses) await servesPages(await house.ready())
})

test('of two first starts at once on one data folder one serves, and the other says why not', async () => {
  const dataDir = newFolder('data')
  const houses = [start(shared, { args: BARE, env: await settings(dataDir) }), start(shared, { args: BARE, env: await settings(dataDir) })]
  const loser = await Promise.race(houses.map((house) => house.ended.then(() => house)))
  expect(loser.said().err).toMatch(/another Altavoz is already using this data folder/i)
  const winner = houses.find((house) => house !== loser)!
  await servesPages(await winner.ready())
})

test('a second start is a start from what the first one left', async () => {
  const env = await settings()
  const first = start(shared, { env })
  await first.ready()
  first.signal('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(readFileSync(join(env.DATA_DIR, 'postgres/PG_VERSION'), 'utf8')).toMatch(/^\d+/)
  expect(existsSync(join(env.DATA_DIR, 'postgres/postmaster.pid')), 'the last to leave stops the database').toBe(false)
  await servesPages(await start(shared, { env }).ready())
})
