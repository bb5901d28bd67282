import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { checkServer } from '#kernel/database/check-server.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { NewerSchemaError, Refusal } from '#kernel/database/refusal.ts'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'
import { migrations } from '#migrations/index.ts'

const server = inject('databaseUrl')
const [empty, latin] = [`migrate_${process.pid}`, `latin_${process.pid}`]
const url = withDatabase(server, empty)

beforeAll(async () => {
  await onServer(server, `create database ${empty} template template0 encoding 'UTF8'`)
  await onServer(server, `create database ${latin} template template0 encoding 'LATIN1' locale_provider libc locale 'C'`)
})
afterAll(async () => {
  for (const name of [empty, latin]) await onServer(server, `drop database if exists ${name} with (force)`)
})

test('two programs that start at once migrate once', async () => {
  const ran = await Promise.all([migrate(url), migrate(url)])
  expect(ran.flat().slice(0, 1)).toEqual(['0001-kernel'])
  expect(ran.filter((names) => names.length === 0)).toHaveLength(1)
})

test('a migration that fails leaves nothing, and is tried again', async () => {
  await migrate(url)
  const history = (body: string) => [
    ...migrations.map(({ name }) => ({ name, up: async () => {} })),
    { name: '9001-trial', up: async (db: Kysely<never>) => { await sql.raw(body).execute(db) } },
  ]
  await expect(migrate(url, history('create table trial (id int); select 1/0'))).rejects.toThrow('division by zero')
  expect(await migrate(url, history('create table trial (id int)'))).toEqual(['9001-trial'])
})

test('a database of a newer program is refused, with what to do', async () => {
  await onServer(url, `insert into schema_migration (name) values ('9999-tomorrow')`)
  const refused = migrate(url)
  await expect(refused).rejects.toBeInstanceOf(NewerSchemaError)
  await expect(refused).rejects.toThrow(/9999-tomorrow.*restore the backup/s)
})

test('a database that is not UTF8 is refused, with what to do', async () => {
  await expect(migrate(withDatabase(server, latin))).rejects.toThrow(/LATIN1.*createdb --encoding=UTF8/s)
})

test('a server older than 15 is refused, with what to do', async () => {
  const answer = { rows: [{ major: 14, version: '14.9', encoding: 'UTF8', database: 'a' }] }
  await expect(checkServer({ query: async () => answer })).rejects.toThrow(/PostgreSQL 14\.9.*15 or newer/)
})

test('a database that cannot be reached is a sentence, not a stack', async () => {
  const refused = migrate('postgresql://nobody@127.0.0.1:9/nothing')
  await expect(refused).rejects.toBeInstanceOf(Refusal)
  await expect(refused).rejects.toThrow(/cannot be reached.*DATABASE_URL/s)
})

test('a database that does not exist, or a wrong password, is a sentence', async () => {
  await expect(migrate(withDatabase(server, 'not_there'))).rejects.toThrow('createdb')
  await expect(migrate(url.replace(/:[^:@]*@/, ':wrong@'))).rejects.toThrow('refuses the password')
})
