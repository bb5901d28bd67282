import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import { startRounds } from '#kernel/jobs/rounds.ts'
import { openLog } from '#kernel/log/log.ts'
import { openMail } from '#kernel/mail/server/mail.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { startMailServer } from '#kernel/testing/mail-server.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { mailJobs } from '#rooms/people/server/jobs.ts'
import { askToConfirm, claimDueMail, confirmMail, makeConfirmation, removeMail, wantMail } from '#rooms/people/server/mail-actions.ts'
import { findConfirmation, findOwnMail } from '#rooms/people/server/mail-queries.ts'
import { forgetNoticesOf, markAllRead, notify } from '#rooms/people/server/notice-actions.ts'

const { db, url } = await testDatabase()
const server = await startMailServer()
const lines: string[] = []
const start = Temporal.Instant.from('2026-11-29T10:00:00Z')
let now = start
const log = openLog((line) => lines.push(line), () => now)
const jobs = openJobs(url, { onError: (error, job) => log.error('job failed', error, { job }) })
const house = { db, jobs, log, blobs: undefined as never, clock: () => now, mail: openMail(server.url, 'https://desk.example.org') }
for (const job of mailJobs) await jobs.work(job.name, (ids) => job.work(house, ids))
afterAll(async () => {
  await jobs.stop()
  await server.close()
})

const later = (minutes: number) => (now = now.add({ minutes }))
const round = () => act({ db }, (tx) => claimDueMail(tx, jobs, now))
/** What came to this address; letters to others may still be on their way. */
async function letter(to: string) {
  const hers = () => server.letters.filter((one) => one.to.includes(to))
  await expect.poll(() => hers().length, { timeout: 20_000 }).toBeGreaterThan(0)
  const got = hers()
  server.letters = server.letters.filter((one) => !got.includes(one))
  return got
}
/** Nothing is asked for, and so nothing can come. */
const nothingDue = async () => expect(await round()).toBe(0)
let count = 0
async function person(): Promise<Person & { address: string }> {
  const id = newId()
  const name = `luz-${++count}`
  await act({ db }, (tx) => tx.insertInto('person').values({ id, name, signInName: name, signInKey: name, lang: 'es', createdAt: now, endedAt: null }).execute())
  return { is: 'person', id, sessionId: newId(), duties: [], address: `${name}@example.org` }
}
const ask = (who: Person, address: string) => act({ db }, (tx) => askToConfirm(tx, jobs, who, address, now))
const tell = (who: Person) => act({ db }, (tx) => notify(tx, { kind: 'came-in', to: [who.id] }, now))
async function confirmed() {
  const who = await person()
  await ask(who, who.address)
  const [{ raw } = { raw: '' }] = await letter(who.address)
  const token = /account\/mail\/([\w-]{43})/.exec(raw.replaceAll('=\r\n', ''))![1]!
  expect(await act({ db }, (tx) => confirmMail(tx, who, hashToken(token), now))).toBeNull()
  later(1)
  return { ...who, token }
}

test('an address is hers when she opened its link: once, signed in, within a day; looking uses nothing up', async () => {
  const [who, other] = [await person(), await person()]
  expect(await ask(who, who.address)).toBeNull()
  const [got] = await letter(who.address)
  expect(got!.to).toEqual([who.address])
  const hash = hashToken(/account\/mail\/([\w-]{43})/.exec(got!.raw.replaceAll('=\r\n', ''))![1]!)
  for (let i = 0; i < 2; i++) expect(await findConfirmation(db.read, who.id, hash, now)).toBe(who.address)
  expect(await findConfirmation(db.read, other.id, hash, now)).toBeUndefined()
  expect(await findConfirmation(db.read, who.id, hash, now.add({ hours: 24 }))).toBeUndefined()
  expect(await act({ db }, (tx) => confirmMail(tx, other, hash, now))).toBe('not-found')
  expect(await act({ db }, (tx) => confirmMail(tx, who, hash, now.add({ hours: 24 })))).toBe('not-found')
  expect(await act({ db }, (tx) => confirmMail(tx, who, hash, now))).toBeNull()
  expect(await act({ db }, (tx) => confirmMail(tx, who, hash, now))).toBe('not-found')
  expect(await findOwnMail(db.read, who.id, now)).toEqual({ confirmed: { address: who.address, wantsNotices: true }, waiting: null })
}, 90_000)

test('a newer link makes the older one worthless, and a stranger is not flooded with them', async () => {
  const who = await person()
  await ask(who, who.address)
  const first = (await act({ db }, (tx) => makeConfirmation(tx, who.id)))!
  const second = (await act({ db }, (tx) => makeConfirmation(tx, who.id)))!
  expect(await act({ db }, (tx) => confirmMail(tx, who, hashToken(first.token), now))).toBe('not-found')
  expect(await ask(who, 'stranger@example.org')).toBe('too-soon')
  await act({ db }, (tx) => removeMail(tx, who, now))
  expect(await ask(who, 'stranger@example.org'), 'also after the address was removed').toBe('too-soon')
  expect(await act({ db }, (tx) => confirmMail(tx, who, hashToken(second.token), now))).toBe('not-found')
  later(2)
  expect(await ask(who, 'stranger@example.org')).toBeNull()
  await letter('stranger@example.org')
}, 90_000)

test('many notices are one letter, which says only that something waits', async () => {
  const who = await confirmed()
  for (let i = 0; i < 5; i++) await tell(who)
  await nothingDue()
  later(5)
  expect(await round()).toBe(1)
  const [got, ...more] = await letter(who.address)
  expect(more).toEqual([])
  expect(got!.to).toEqual([who.address])
  expect(got!.raw).toMatch(/^Subject: Hay algo pendiente\r$/m)
  expect(got!.raw.replaceAll('=\r\n', '')).toContain('https://desk.example.org/desk\r\n')
  expect(got!.raw).not.toMatch(/luz-\d+[^@]*entr|Altavoz|alian/i)
  await expect.poll(async () => (await db.read.selectFrom('personMail').select('dueAt').where('personId', '=', who.id).executeTakeFirst())?.dueAt).toBeNull()
  later(1)
  await tell(who)
  later(60)
  await nothingDue()
  later(120)
  expect(await round(), 'the next after three hours').toBe(1)
  await letter(who.address)
}, 90_000)

test('what she read at the desk meanwhile is not mailed, but what may be somebody else at her account is', async () => {
  const who = await confirmed()
  await act({ db }, (tx) => markAllRead(tx, who, now, now))
  later(1)
  await tell(who)
  await act({ db }, (tx) => markAllRead(tx, who, now, now))
  later(5)
  expect(await round()).toBe(1)
  const other = await confirmed()
  await act({ db }, (tx) => notify(tx, { kind: 'password-changed', to: [other.id] }, now))
  await act({ db }, (tx) => markAllRead(tx, other, now, now))
  later(5)
  expect(await round()).toBe(1)
  await letter(other.address)
  expect(server.letters.flatMap(({ to }) => to)).not.toContain(who.address)
}, 90_000)

test('when the mail server fails the act stands, the job tries again, and no log line, job or entry holds the address', async () => {
  const who = await confirmed()
  lines.splice(0)
  server.refuses = true
  await tell(who)
  later(5)
  expect(await round()).toBe(1)
  await expect.poll(() => lines.length, { timeout: 15_000 }).toBeGreaterThan(0)
  server.refuses = false
  await letter(who.address)
  expect(lines.join('')).toContain('MailFailure')
  const { rows } = await sql<{ it: string }>`select data::text || coalesce(output::text, '') as it from pgboss.job union all select coalesce(detail::text, '') || subject from audit_entry`.execute(db.read)
  expect(lines.join('') + JSON.stringify(rows)).not.toContain('@example.org')
}, 90_000)

test('she stops and starts it, and a removed address stands nowhere', async () => {
  const who = await confirmed()
  await act({ db }, (tx) => wantMail(tx, who, false, now))
  await tell(who)
  later(5)
  await nothingDue()
  await act({ db }, (tx) => wantMail(tx, who, true, now))
  await act({ db }, (tx) => removeMail(tx, who, now))
  expect(await findOwnMail(db.read, who.id, now)).toEqual({ confirmed: null, waiting: null })
  expect(await act({ db }, (tx) => wantMail(tx, who, true, now))).toBe('not-found')
  const next = await confirmed()
  await act({ db }, (tx) => forgetNoticesOf(tx, next.id))
  expect(JSON.stringify([await db.read.selectFrom('personMail').selectAll().execute(), await db.read.selectFrom('mailConfirmation').selectAll().execute()])).not.toMatch(new RegExp(`${who.address}|${next.address}`))
}, 90_000)

test('a round asks what is due, and one that fails leads to the next', async () => {
  const seen: string[] = []
  const rounds = startRounds(house, [{ name: 'trial', work: async () => {}, round: async () => { seen.push('asked'); throw new Error('lost') } }], 20)
  await expect.poll(() => seen.length).toBeGreaterThan(2)
  await rounds.stop()
  const { length } = seen
  await new Promise((done) => { setTimeout(done, 80) })
  expect(seen.length).toBe(length)
})
