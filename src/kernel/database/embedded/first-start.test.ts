import { sql } from 'kysely'
import { chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { makeMissingLinks } from '#kernel/database/embedded/program.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { cleanUpFolders, kill, makeFolder, pidFileOf, startApp } from '#kernel/testing/embedded-folders.ts'

cleanUpFolders()
const isRoot = process.getuid?.() === 0
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('the database of a new folder is private, durable, UTF8, and listens to no network', async () => {
  const data = await makeFolder()
  const embedded = await startEmbedded(data)
  const db = await openDatabases({ url: embedded.url })
  const asked = ['fsync', 'listen_addresses', 'shared_buffers', 'io_method', 'max_parallel_workers_per_gather', 'max_connections', 'server_encoding', 'password_encryption', 'log_min_error_statement']
  const { rows } = await sql<{ name: string; setting: string }>`select name, current_setting(name) as setting from unnest(${asked}::text[]) name`.execute(db.read)
  expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
    fsync: 'on', listen_addresses: '', shared_buffers: '64MB', io_method: 'sync', max_parallel_workers_per_gather: '0', max_connections: '30', server_encoding: 'UTF8',
    password_encryption: 'scram-sha-256', log_min_error_statement: 'panic',
  })
  const place = await sql`select datlocprovider::text as provider, datlocale as locale from pg_database where datname = 'altavoz'`.execute(db.read)
  expect(place.rows).toEqual([{ provider: 'b', locale: 'C.UTF-8' }])
  expect(await modeOf(join(data, 'postgres'))).toBe('700')
  expect(await modeOf(join(data, 'socket'))).toBe('700')
  expect(await modeOf(join(data, 'database-secret'))).toBe('600')
  expect(await modeOf(join(data, 'postgres.log'))).toBe('600')
  expect(await modeOf(data)).toBe(isRoot ? '711' : '700')
  await sql`select 'maria@example.org'::int`.execute(db.read).catch(() => {})
  expect(await readFile(join(data, 'postgres.log'), 'utf8')).not.toContain('select')
  await db.close()
  await embedded.stop()
  await expect(stat(join(data, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT')
})

test.runIf(isRoot)('root starts it as an unprivileged user', async () => {
  const data = await makeFolder()
  const app = await startApp(data)
  expect((await stat(`/proc/${app.pid}`)).uid).not.toBe(0)
  await kill(app, 'SIGTERM')
})

test.runIf(isRoot)('an ordinary user starts it in a folder of their own', async () => {
  const data = await makeFolder()
  await mkdir(data, { mode: 0o700 })
  await chown(data, 65534, 65534)
  const app = await startApp(data, { uid: 65534, gid: 65534 })
  expect((await stat(join(data, 'database-secret'))).uid).toBe(65534)
  await kill(app, 'SIGTERM')
  const asRoot = await startApp(data)
  expect((await stat(join(data, 'postgres'))).uid).toBe(65534)
  await kill(asRoot, 'SIGTERM')
})

test.runIf(isRoot)('a folder that the unprivileged user cannot reach is refused before anything is made', async () => {
  const data = await makeFolder('closed')
  await mkdir(dirname(data), { mode: 0o700 })
  await expect(startEmbedded(data)).rejects.toThrow(/cannot reach .*Move Altavoz to .*\/opt/s)
})

test.runIf(isRoot)('a folder of another user is refused with what to do', async () => {
  const data = await makeFolder()
  await mkdir(data, { mode: 0o755 })
  await expect(startApp(data, { uid: 65534, gid: 65534 })).rejects.toThrow(/belongs to another user.*DATA_DIR/s)
})

test('a path with spaces and accents, and one of over 107 bytes, are as good as any', async () => {
  const data = await makeFolder('año de la ñandú', "o'clock, \"quoted\"", 'x'.repeat(110))
  const first = await startApp(data)
  await kill(first, 'SIGKILL')
  const again = await startApp(data)
  expect(again).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
  await kill(again, 'SIGTERM')
  await expect(stat(new URL(first.url.replace('@/', '@x/')).searchParams.get('host') ?? '')).rejects.toThrow('ENOENT')
})

test('two first starts at once use one database', async () => {
  const data = await makeFolder()
  const apps = await Promise.all([startApp(data), startApp(data), startApp(data)])
  expect(new Set(apps.map((app) => app.url)).size).toBe(1)
  expect(new Set(apps.map((app) => app.pid)).size).toBe(1)
  expect(apps[0]?.pid).toBe(await pidFileOf(data))
  for (const app of apps) await kill(app, 'SIGTERM')
}, 30_000)

test('a first start that was killed half way is made anew', async () => {
  const data = await makeFolder()
  await mkdir(join(data, '.half-4194399/postgres'), { recursive: true })
  const app = await startApp(data)
  await expect(stat(join(data, '.half-4194399'))).rejects.toThrow('ENOENT')
  await kill(app, 'SIGTERM')
})

test('a database of another major version is refused with what to do, and left as it is', async () => {
  const data = await makeFolder()
  await mkdir(join(data, 'postgres'), { recursive: true })
  await writeFile(join(data, 'postgres/PG_VERSION'), '17\n')
  const refused = startEmbedded(data)
  await expect(refused).rejects.toBeInstanceOf(Refusal)
  await expect(refused).rejects.toThrow(/PostgreSQL 17.*comes with 18.*back it up/s)
})

test('a data folder that is a file is refused', async () => {
  const data = await makeFolder()
  await writeFile(data, '')
  await expect(startEmbedded(data)).rejects.toThrow('is no folder')
})

test('links that an install without scripts left out are made', async () => {
  const root = await makeFolder()
  await mkdir(join(root, 'native/lib'), { recursive: true })
  await writeFile(join(root, 'native/lib/libx.so.1.2'), 'x')
  await symlink('libx.so.1.2', join(root, 'native/lib/libx.so'))
  await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify(
    ['native/lib/libx.so', 'native/lib/libx.so.1'].map((target) => ({ source: 'native/lib/libx.so.1.2', target }))))
  await makeMissingLinks(root)
  expect(await readFile(join(root, 'native/lib/libx.so.1'), 'utf8')).toBe('x')
})
