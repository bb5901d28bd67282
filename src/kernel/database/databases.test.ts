import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { announce, listenForTags } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db, url } = await testDatabase()

async function until(holds: () => boolean, withinMs = 5000) {
  for (const end = performance.now() + withinMs; !holds() && performance.now() < end; ) await new Promise((r) => setTimeout(r, 10))
  expect(holds()).toBe(true)
}

test('a query cannot write, whatever it tries', async () => {
  const writing = sql`insert into site_text (lang, name, short_name) values ('xx', 'x', 'x')`
  await expect(writing.execute(db.read)).rejects.toThrow('read-only transaction')
  await expect(db.snapshot((read) => writing.execute(read))).rejects.toThrow('read-only transaction')
})

test('a query that takes over five seconds is given up', async () => {
  await expect(sql`select pg_sleep(20)`.execute(db.read)).rejects.toThrow('statement timeout')
}, 10_000)

test('a snapshot sees one moment', async () => {
  await db.snapshot(async (read) => {
    const before = await sql`select count(*) from site_page`.execute(read)
    await db.transaction((tx) => sql`insert into site_page values ('k', 'en', 't', 'm', 'h', 'r')`.execute(tx))
    expect(await sql`select count(*) from site_page`.execute(read)).toEqual(before)
  })
})

test('a day is a day, a moment is a moment and a long number keeps its digits, there and back', async () => {
  const day = Temporal.PlainDate.from('2003-06-28')
  const moment = Temporal.Instant.from('2026-12-03T15:00:00.123456Z')
  const { rows } = await sql<Record<string, unknown>>`select ${day}::date as "onDay", ${moment}::timestamptz as "atMoment",
    ${9007199254740993n}::int8 as long, ${[day, day]}::date[] as days, '{"keep_me": {"as_i_am": 1}}'::jsonb as detail`.execute(db.read)
  const [row] = rows
  expect(String(row?.onDay)).toBe('2003-06-28')
  expect(String(row?.atMoment)).toBe('2026-12-03T15:00:00.123456Z')
  expect(row?.long).toBe(9007199254740993n)
  expect(String(row?.days)).toBe('2003-06-28,2003-06-28')
  expect(row?.detail).toEqual({ keep_me: { as_i_am: 1 } })
})

test('an act drops its pages before it answers, and other nodes hear of it', async () => {
  const heard: string[] = []
  let isHearing = false
  const listener = listenForTags(url, { onTags: (tags) => heard.push(...tags), onLost: () => (isHearing = false), onBack: () => (isHearing = true) })
  await until(() => isHearing)
  const dropped: string[] = []
  await act({ db, pages: { drop: (tags) => dropped.push(...tags) } }, (tx) => announce(tx, ['item:1', 'site', 'item:1']))
  expect(dropped).toEqual(['item:1', 'site'])
  await until(() => heard.length > 0)
  expect(heard).toEqual(['item:1', 'site'])
  await listener.close()
})

test('over a hundred tags drop everything, once', async () => {
  const dropped: string[] = []
  await act({ db, pages: { drop: (tags) => dropped.push(...tags) } }, async (tx) => {
    for (let i = 0; i < 150; i++) await announce(tx, [`item:${i}`])
  })
  expect(dropped).toEqual(['*'])
})

test('an act that is refused changes nothing that others hear', async () => {
  const heard: string[] = []
  let isHearing = false
  const listener = listenForTags(url, { onTags: (tags) => heard.push(...tags), onLost: () => {}, onBack: () => (isHearing = true) })
  await until(() => isHearing)
  const failing = async (tx: Tx) => {
    await announce(tx, ['item:9'])
    throw new Error('no')
  }
  await expect(act({ db }, failing)).rejects.toThrow('no')
  await act({ db }, (tx) => announce(tx, ['item:10']))
  await until(() => heard.length > 0)
  expect(heard).toEqual(['item:10'])
  await listener.close()
})

test('a lost LISTEN connection is told, and taken up again', async () => {
  const told: string[] = []
  const listener = listenForTags(url, { onTags: () => {}, onLost: () => told.push('lost'), onBack: () => told.push('back') })
  await until(() => told.length === 1)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'altavoz listen' and datname = current_database()`.execute(db.read)
  await until(() => told.length === 3)
  expect(told).toEqual(['back', 'lost', 'back'])
  await listener.close()
})

test('connections that the database cuts do not end the program, and it is up again', async () => {
  const errors: Error[] = []
  const cut = await openDatabases({ url, onError: (error) => errors.push(error) })
  await sql`select 1`.execute(cut.read)
  const database = new URL(url.replace('@/', '@x/')).pathname.slice(1)
  await onServer(withDatabase(url, 'postgres'),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and application_name like 'altavoz %'`)
  await until(() => errors.length > 0)
  await until(() => cut.isUp())
  await sql`select 1`.execute(cut.read)
  await cut.close()
})
