import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { AskedEntries } from '#kernel/audit/log-asked.ts'
import { entriesBetween, findLastSeal, listEntries, ON_A_PAGE } from '#kernel/audit/server/log-queries.ts'
import { sealAll } from '#kernel/audit/server/sealer.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const MANY = 300_000
const BEGAN = Temporal.Instant.from('2026-01-01T00:00:00Z')
/** Entry n stands at minute n; every thousandth is of somebody else, every hundredth of another act, every tenth of one row. */
const at = (n: number) => BEGAN.add({ minutes: n })
const SHE = '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31'

beforeAll(async () => {
  await db.transaction(async (tx) => {
    await sql`insert into audit_entry (at, actor, act, subject) select
      ${BEGAN.toString()}::timestamptz + n * interval '1 minute', case when n % 1000 = 0 then ${SHE} else 'operator' end,
      case when n % 100 = 0 then 'end-duty' else 'save-revision' end, case when n % 10 = 0 then 'topic:hiv' else 'topic:n' || n end
      from generate_series(1, ${MANY}) n order by n`.execute(tx)
    await sql`analyze audit_entry`.execute(tx)
  })
}, 120_000)

const numbers = async (asked: AskedEntries, lookedThrough?: bigint) => {
  const { entries, ...rest } = await listEntries(db.read, asked, lookedThrough)
  return { numbers: entries.map(({ id }) => Number(id)), ...rest }
}
const from = (first: number, step = 1, count = ON_A_PAGE) => Array.from({ length: count }, (_, i) => first - i * step)

test('the newest come first, and the number of the last leads to older ones, to the end', async () => {
  expect(await numbers({})).toEqual({ numbers: from(MANY), before: BigInt(MANY - ON_A_PAGE + 1), isCut: false })
  expect((await numbers({ before: 251n })).numbers).toEqual(from(250))
  expect(await numbers({ before: 51n })).toEqual({ numbers: from(50), before: null, isCut: false })
  expect(await numbers({ before: 1n })).toEqual({ numbers: [], before: null, isCut: false })
  expect((await numbers({ before: 10n ** 18n - 1n })).numbers[0]).toBe(MANY)
})

test('acts, rows and days are found, alone and together, with none left out and none twice', async () => {
  expect((await numbers({ act: 'end-duty' })).numbers).toEqual(from(MANY, 100))
  expect((await numbers({ subject: 'topic:hiv', before: 1001n })).numbers).toEqual(from(1000, 10))
  expect(await numbers({ subject: 'topic:n77' })).toEqual({ numbers: [77], before: null, isCut: false })
  expect((await numbers({ until: at(5000), act: 'end-duty' })).numbers).toEqual(from(4900, 100, 49))
  expect(await numbers({ from: at(4000), until: at(4010) })).toEqual({ numbers: from(4009, 1, 10), before: null, isCut: false })
  expect((await numbers({ from: at(MANY + 1) })).numbers).toEqual([])
  expect((await numbers({ until: at(1) })).numbers).toEqual([])
  const walked: number[] = []
  for (let before: bigint | null | undefined; before !== null;) {
    const page = await numbers({ from: at(1000), until: at(9000), act: 'end-duty', before })
    walked.push(...page.numbers)
    before = page.before
  }
  expect(walked).toEqual(from(8900, 100, 80))
})

test('an entry whose clock was some hours off is found on the day that it tells', async () => {
  await db.transaction((tx) => sql`insert into audit_entry (at, actor, act, subject) values (${at(MANY - 600).toString()}, 'operator', 'open-site', 'site')`.execute(tx))
  expect((await numbers({ act: 'open-site', from: at(MANY - 601), until: at(MANY - 599) })).numbers).toHaveLength(1)
  await db.transaction((tx) => sql`delete from audit_entry where act = 'open-site'`.execute(tx))
})

test('what one person did is looked for so far and no further at a time, and the next look goes on from there', async () => {
  const first = await numbers({ actor: SHE }, 20_000n)
  expect(first).toEqual({ numbers: from(MANY, 1000, 20), before: BigInt(MANY - 20_000 + 1), isCut: true })
  expect((await numbers({ actor: SHE, before: first.before! }, 20_000n)).numbers).toEqual(from(MANY - 20_000, 1000, 20))
  expect(await numbers({ actor: SHE, before: 20_001n }, 20_000n)).toEqual({ numbers: from(20_000, 1000, 20), before: null, isCut: false })
  expect((await numbers({ actor: SHE })).numbers).toEqual(from(MANY, 1000))
})

test.each<[string, AskedEntries]>([
  ['audit_entry_pkey', {}], ['audit_entry_pkey', { from: at(5), until: at(200_000) }], ['audit_entry_pkey', { actor: SHE }],
  ['audit_entry_act', { act: 'end-duty' }], ['audit_entry_act', { act: 'open-site' }], ['audit_entry_subject', { subject: 'topic:n5' }], ['audit_entry_subject', { subject: 'topic:none' }],
])('however long the log is, a page of it is read from the end of %s: %o', async (index, asked) => {
  const plan = JSON.stringify(await entriesBetween(db.read, asked, { floor: 0n, top: BigInt(MANY) }).explain('json'))
  expect(plan).toContain(`"Index Name":"${index}"`)
  expect(plan).toContain('"Scan Direction":"Backward"')
  expect(plan).not.toMatch(/Seq Scan|Sort/)
})

test('the last entry that was sealed is told, with its time', async () => {
  expect(await findLastSeal(db.read)).toBeUndefined()
  await db.transaction((tx) => sql`delete from audit_entry where id > 3`.execute(tx))
  await sealAll(db)
  expect(await findLastSeal(db.read)).toMatchObject({ position: 3n, entryId: 3n, at: at(3), hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('a log in which nothing stands has pages too', async () => {
  await db.transaction((tx) => sql`truncate audit_entry, audit_seal`.execute(tx))
  for (const asked of [{}, { from: at(1), until: at(5) }, { actor: SHE }, { before: 5n }]) expect(await numbers(asked)).toEqual({ numbers: [], before: null, isCut: false })
})
