import { expect, test } from 'vitest'
import { copyHouse, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { BARE, postmasterOf, servesPages, start } from './starting.ts'

const shared = copyHouse()
const settings = async () => ({ DATA_DIR: newFolder('data'), PORT: String(await freePort()) })

test('after kill -9 of the app the next start finds its database alive and uses it', async () => {
  const env = await settings()
  const first = start(shared, { env, args: BARE })
  await first.ready()
  const database = postmasterOf(env.DATA_DIR)
  first.signal('SIGKILL')
  await first.ended
  await servesPages(await start(shared, { env, args: BARE }).ready())
  expect(postmasterOf(env.DATA_DIR)).toBe(database)
})

test('after kill -9 of the database the app stays, starts it again and serves', async () => {
  const env = await settings()
  const house = start(shared, { env, args: BARE })
  const origin = await house.ready()
  const database = postmasterOf(env.DATA_DIR)
  process.kill(database, 'SIGKILL')
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).status, { timeout: 30_000, interval: 100 }).toBe(200)
  await servesPages(origin)
  await expect.poll(() => postmasterOf(env.DATA_DIR), { timeout: 30_000 }).not.toBe(database)
})

test('after kill -9 of both a start in the same instant serves', async () => {
  const env = await settings()
  const first = start(shared, { env, args: BARE })
  await first.ready()
  first.signal('SIGKILL')
  process.kill(postmasterOf(env.DATA_DIR), 'SIGKILL')
  const second = start(shared, { env: { ...env, PORT: String(await freePort()) } })
  await servesPages(await second.ready())
})

test('SIGTERM ends it within ten seconds, even while a reader keeps a connection open', async () => {
  const env = await settings()
  const house = start(shared, { env, args: BARE })
  await servesPages(await house.ready()) // fetch keeps its connection
  const began = performance.now()
  house.signal('SIGTERM')
  expect(await house.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
})
