import { afterAll, expect, test } from 'vitest'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { writeJobIds } from '#kernel/jobs/job-ids.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { sql } from 'kysely'

const { db, url } = await testDatabase()
const errors: string[] = []
const jobs = openJobs(url, { onError: (error) => errors.push(error.message) })
afterAll(() => jobs.stop())

const id = '019abcde-0000-7000-8000-000000000001'
const stored = async () =>
  (await sql<{ data: unknown; output: unknown }>`select data, output from pgboss.job where name = 'trial' order by id`.execute(db.read)).rows

test('a job is asked for with its act, or not at all', async () => {
  await db.transaction((tx) => jobs.send('trial', { item: id }, { tx }))
  await db.transaction(async (tx) => {
    await jobs.send('trial', { item: id.replace('1', '2') }, { tx })
    throw new Error('refused')
  }).catch(() => {})
  expect((await stored()).map((job) => job.data)).toEqual([{ item: id }])
})

test('a job is worked, and what its error said is not kept in the tables', async () => {
  const seen: string[] = []
  await jobs.work('trial', async (ids) => {
    seen.push(ids.item ?? '')
    throw new TypeError('no mailbox maria@example.org')
  })
  for (const end = performance.now() + 8000; errors.length === 0 && performance.now() < end; ) await new Promise((r) => setTimeout(r, 20))
  expect(seen).toEqual([id])
  expect(errors[0]).toContain('maria@example.org')
  // The error is told before its row is written.
  await expect.poll(async () => JSON.stringify(await stored()), { timeout: 5000 }).toContain('TypeError')
  expect(JSON.stringify(await stored())).not.toContain('maria')
}, 15_000)

test.each([
  ['an address', 'maria@example.org'], ['a telephone number', '+59171234567'], ['a number that could be one', '59171234567'],
  ['a token', 'q7Zt1mXv0bA8sKdPfRj3wQ'], ['a text', 'two words'], ['nothing', ''],
])('%s is no id and goes into no job', (_, value) => {
  expect(() => writeJobIds({ item: value })).toThrow('"item"')
})

test('ids and short codes go into a job', () => {
  expect(writeJobIds({ item: id, entry: 12n, lang: 'es', place: 'MX-CHH', region: '419' })).toEqual(
    { item: id, entry: '12', lang: 'es', place: 'MX-CHH', region: '419' })
})
