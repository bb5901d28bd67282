import { existsSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'
import { type SecondEngine, startSecondEngine } from '#kernel/testing/second-engine.ts'
import { copyHouse, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { BARE, refusalOf, servesPages, start } from './starting.ts'

const shared = copyHouse()
const settings = async () => ({ DATA_DIR: newFolder('data'), PORT: String(await freePort()) })

test('a database that nobody serves is said to be out of reach', async () => {
  const env = { ...(await settings()), DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/altavoz' }
  const sentence = await refusalOf(start(shared, { env }))
  expect(sentence).toMatch(/database .*(cannot be reached|refused|does not answer)/i)
  expect(sentence).not.toContain('secret')
})

test('a data folder of another major PostgreSQL is named, with its version', async () => {
  const env = await settings()
  const first = start(shared, { env, args: BARE })
  await first.ready()
  first.signal('SIGTERM')
  await first.ended
  writeFileSync(join(env.DATA_DIR, 'postgres/PG_VERSION'), '17\n')
  expect(await refusalOf(start(shared, { env }))).toMatch(/PostgreSQL 17/)
})

const programs = '/usr/lib/postgresql/15/bin'
const hasSecondEngine = existsSync(join(programs, 'postgres'))
if (!hasSecondEngine) console.log(`skipped: the tests on another PostgreSQL need one in ${programs} (apt-get install postgresql-15)`)

describe.runIf(hasSecondEngine)('with DATABASE_URL', () => {
  let engine: SecondEngine
  beforeAll(async () => { engine = await startSecondEngine(programs) })
  afterAll(() => engine.stop())

  const newDatabase = async (name: string, encoding: string) => {
    await onServer(engine.url, `create database ${name} template template0 encoding '${encoding}' lc_collate 'C' lc_ctype 'C'`)
    return withDatabase(engine.url, name)
  }

  test('it serves from PostgreSQL 15 and makes no database of its own', async () => {
    const env = { ...(await settings()), DATABASE_URL: await newDatabase('plain', 'UTF8') }
    await servesPages(await start(shared, { env }).ready())
    expect(existsSync(join(env.DATA_DIR, 'postgres'))).toBe(false)
  })

  test('a database that is not UTF8 is named, with how to make one that is', async () => {
    const env = { ...(await settings()), DATABASE_URL: await newDatabase('latin', 'SQL_ASCII') }
    expect(await refusalOf(start(shared, { env }))).toMatch(/SQL_ASCII.*UTF8/)
  })

  test('a database of a newer program is left alone', async () => {
    const env = { ...(await settings()), DATABASE_URL: await newDatabase('newer', 'UTF8') }
    const first = start(shared, { env, args: BARE })
    await first.ready()
    first.signal('SIGTERM')
    await first.ended
    await onServer(env.DATABASE_URL, `insert into schema_migration (name) values ('9999-later')`)
    expect(await refusalOf(start(shared, { env }))).toMatch(/newer Altavoz/)
  })

  test('a wrong password is named and not printed', async () => {
    const wrong = engine.url.replace(/:[^:@]+@/, ':wrong-secret@')
    const sentence = await refusalOf(start(shared, { env: { ...(await settings()), DATABASE_URL: wrong } }))
    expect(sentence).toMatch(/password/)
    expect(sentence).not.toContain('wrong-secret')
  })

  test('a PostgreSQL that is too old is named', async () => {
    const url = new URL(engine.url.replace('@/', '@localhost/'))
    const socket = join(url.searchParams.get('host')!, '.s.PGSQL.5432')
    const port = await pretendToBe14(socket)
    const database = `postgresql://${url.username}:${url.password}@127.0.0.1:${port}/postgres`
    expect(await refusalOf(start(shared, { env: { ...(await settings()), DATABASE_URL: database } }))).toMatch(/PostgreSQL 1\d.* needs 15/)
  })
})

/** No machine keeps a PostgreSQL 14 for this: a line to the real 15 on which its major version reads as 14. */
async function pretendToBe14(socket: string): Promise<number> {
  const fifteen = Buffer.from('\0\0\0\x0215', 'latin1')
  const line = createServer((near) => {
    const far = connect(socket)
    far.on('data', (bytes: Buffer) => {
      for (let at = bytes.indexOf(fifteen); at >= 0; at = bytes.indexOf(fifteen, at + 1)) bytes[at + 5] = '4'.charCodeAt(0)
      near.write(bytes)
    })
    near.on('data', (bytes) => far.write(bytes))
    for (const [one, other] of [[near, far], [far, near]] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => { line.listen(0, '127.0.0.1', resolve) })
  line.unref()
  return (line.address() as { port: number }).port
}
