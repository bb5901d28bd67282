import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { findPostmaster, signalPostmaster } from '#kernel/database/embedded/postmaster.ts'
import { takeHouseLock } from '#kernel/database/house-lock.ts'
import { cleanUpFolders, kill, makeFolder, pidFileOf, startApp, until } from '#kernel/testing/embedded-folders.ts'

cleanUpFolders()
const isRoot = process.getuid?.() === 0
const goneFrom = (data: string) => until(async () => !(await findPostmaster(join(data, 'postgres'))))

test('after kill -9 of the program, the next start adopts its database', async () => {
  const data = await makeFolder()
  const first = await startApp(data)
  expect(first.adopted).toBe(false)
  await kill(first, 'SIGKILL')
  const second = await startApp(data)
  expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
  await kill(second, 'SIGTERM')
  await goneFrom(data)
})

test('after kill -9 of the database, readers are told, and it is started again while the program runs', async () => {
  const embedded = await startEmbedded(await makeFolder())
  const errors: Error[] = []
  const db = await openDatabases({ url: embedded.url, onError: (error) => errors.push(error) })
  const lock = await takeHouseLock(embedded.url)
  const told: string[] = []
  embedded.onDown(() => told.push('down'))
  embedded.onBack(() => told.push('back'))
  await db.transaction((tx) => sql`create table kept (id int)`.execute(tx))
  await db.transaction((tx) => sql`insert into kept values (1)`.execute(tx))
  const killed = embedded.pid()
  process.kill(killed, 'SIGKILL')
  await until(() => told.includes('down') && !db.isUp())
  await until(() => told.includes('back') && db.isUp(), 30_000)
  expect(embedded.pid()).not.toBe(killed)
  expect((await sql`select id from kept`.execute(db.read)).rows).toEqual([{ id: 1 }])
  expect(errors.length).toBeGreaterThan(0)
  await until(() => lock?.isHeld())
  await lock?.release()
  await db.close()
  await embedded.stop()
}, 45_000)

test('after kill -9 of both, a start in the same instant succeeds', async () => {
  const data = await makeFolder()
  const first = await startApp(data)
  const dead = kill(first, 'SIGKILL')
  process.kill(first.pid, 'SIGKILL')
  const second = await startApp(data)
  await dead
  expect(second.pid).not.toBe(first.pid)
  await kill(second, 'SIGTERM')
}, 45_000)

test('the last to leave stops the database, and nobody before', async () => {
  const data = await makeFolder()
  const server = await startApp(data)
  const command = await startApp(data)
  expect(command.adopted).toBe(true)
  await kill(server, 'SIGTERM')
  expect(await findPostmaster(join(data, 'postgres'))).toMatchObject({ pid: server.pid })
  await kill(command, 'SIGTERM')
  await goneFrom(data)
})

test('one who comes while the last one leaves finds a database', async () => {
  const data = await makeFolder()
  for (let round = 0; round < 3; round++) {
    const leaving = await startApp(data)
    const left = kill(leaving, 'SIGTERM')
    const coming = await startApp(data)
    await left
    const db = await openDatabases({ url: coming.url })
    await until(() => db.isUp())
    await sql`select 1`.execute(db.read)
    await db.close()
    await kill(coming, 'SIGTERM')
  }
}, 45_000)

test('of two servers on one data folder the second is told that there is one', async () => {
  const embedded = await startEmbedded(await makeFolder())
  const lock = await takeHouseLock(embedded.url)
  expect(lock?.isHeld()).toBe(true)
  expect(await takeHouseLock(embedded.url)).toBeUndefined()
  await lock?.release()
  const next = await takeHouseLock(embedded.url)
  expect(next?.isHeld()).toBe(true)
  await next?.release()
  await embedded.stop()
})

/** A pid file that a killed postmaster left, whose number is another program's by now. */
async function leavePidFile(data: string, identity: { uid?: number; gid?: number }) {
  const app = await startApp(data)
  await kill(app, 'SIGTERM')
  const database = join(data, 'postgres')
  const stranger = spawn('/bin/sleep', ['600'], { cwd: database, stdio: 'ignore', ...identity })
  await once(stranger, 'spawn')
  await writeFile(join(database, 'postmaster.pid'), `${stranger.pid}\n${database}\n1\n5432\n${data}/socket\n\n  1 1\nready   \n`)
  return stranger
}

test.runIf(isRoot)('a stale pid file is left to PostgreSQL, and the program that has its number is not touched', async () => {
  const data = await makeFolder()
  const stranger = await leavePidFile(data, {})
  const app = await startApp(data)
  expect(app.adopted).toBe(false)
  expect(await pidFileOf(data)).toBe(app.pid)
  await kill(app, 'SIGTERM')
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  stranger.kill('SIGKILL')
})

test('a number that is not proven is never adopted and never signalled, not even from inside the folder', async () => {
  const data = await makeFolder()
  const identity = isRoot ? { uid: 65534, gid: 65534 } : {}
  const stranger = await leavePidFile(data, identity)
  const database = join(data, 'postgres')
  expect(await findPostmaster(database)).toBeUndefined()
  expect(await signalPostmaster(database, stranger.pid ?? 0, 'SIGTERM')).toBe(false)
  await expect(startEmbedded(data, undefined, { patienceMs: 500 })).rejects.toThrow(/not one that Altavoz may stop/)
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  stranger.kill('SIGKILL')
})
