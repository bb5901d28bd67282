// What the pure tests of the page cache promise, on real servers: nothing stale, nothing unequal, and kept pages in a rush.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onServer, withDatabase } from '#kernel/testing/database-server.ts'
import { announce } from '#kernel/database/signal.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { writePressPage } from './press-pages.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const METRICS_TOKEN = 'a-token-for-the-tests-alone'
const CODINGS = ['br', 'gzip', 'identity']

let house: RunningHouse, beside: HouseDatabase
beforeAll(async () => {
  house = await runHouse({ METRICS_TOKEN })
  beside = await openHouseDatabase(house.dataDir)
}, 120_000)
afterAll(async () => {
  await beside?.close()
  await house?.end()
})

async function meter(name: string, of = house): Promise<number> {
  const { body } = await askRaw(of.origin, '/metrics', { authorization: `Bearer ${METRICS_TOKEN}` })
  return Number(new RegExp(`^altavoz_${name} (\\d+)$`, 'm').exec(body.toString())?.[1])
}

describe('every kind of page', () => {
  const PATHS = ['/en/', '/ht/media', '/es/media?kind=news', '/fr/about', '/en/media/feed.atom', '/sitemap.xml', '/robots.txt']

  /** The whole page, its 304 and its HEAD of one moment: after the second hit a page is compressed harder, beside the answers. */
  async function threeAnswers(path: string, coding: string) {
    const ask = (headers: Record<string, string> = {}, method = 'GET') => askRaw(house.origin, path, { 'accept-encoding': coding, ...headers }, method)
    for (;;) {
      const whole = await ask()
      const etag = whole.header('etag')!
      const [held, head] = [await ask({ 'if-none-match': etag }), await ask({}, 'HEAD')]
      if ((await ask()).header('etag') === etag) return { whole, held, head, etag }
    }
  }

  test('has in each coding a validator of its own, which is answered 304 with the headers of 200, and so is HEAD', async () => {
    for (const path of PATHS) {
      const etags = new Map<string, string>()
      for (const coding of CODINGS) {
        const { whole, held, head, etag } = await threeAnswers(path, coding)
        etags.set(coding, etag)
        expect([whole.status, held.status, held.body.length], `${coding} ${path}`).toEqual([200, 304, 0])
        expect(held.headers, `${coding} ${path}`).toEqual(whole.headers.filter(([name]) => name !== 'Content-Length'))
        expect([head.status, head.body.length, head.headers], `${coding} ${path}`).toEqual([200, 0, whole.headers])
      }
      expect(new Set(etags.values()).size, path).toBe(CODINGS.length)
      for (const [coding, etag] of etags) {
        for (const other of CODINGS.filter((one) => one !== coding)) {
          expect((await askRaw(house.origin, path, { 'accept-encoding': other, 'if-none-match': etag })).status, `${other} ${path}`).toBe(200)
        }
      }
    }
  })

  test('is the same to the byte however often it is made: no clock, no number by chance, nothing of who asks', async () => {
    for (const path of [...PATHS, '/en/nothing-here', '/en/media?from=yesterday']) {
      const made = async (headers: Record<string, string>) => (await askRaw(house.origin, path, { cookie: '__Host-altavoz=1', ...headers })).body.toString()
      const first = await made({ 'user-agent': 'one', 'accept-language': 'pt' })
      await new Promise((later) => setTimeout(later, 5))
      expect(await made({ 'user-agent': 'two', 'accept-language': 'fr', 'x-forwarded-for': '192.0.2.1' }), path).toBe(first)
      expect((await askRaw(house.origin, path)).body.toString(), path).toBe(first)
    }
  })
})

test('in a rush beyond the queue newcomers are told to come back, and kept pages are served all the while', async () => {
  await askRaw(house.origin, '/en/media')
  const kept = bytesOf(await askRaw(house.origin, '/en/media'))
  const rush = Array.from({ length: 800 }, (_, n) => askRaw(house.origin, `/en/media/nothing-${n}`))
  let waiting = rush.length
  const waitingAt: number[] = []
  for (const one of rush) void one.finally(() => waiting--)
  const refusedBefore = () => Promise.race([Promise.allSettled(rush).then(() => false), new Promise<boolean>((soon) => setTimeout(() => soon(true), 5))])
  do {
    expect(bytesOf(await askRaw(house.origin, '/en/media'))).toBe(kept)
    waitingAt.push(waiting)
  } while (await refusedBefore())
  const answers = await Promise.all(rush)
  const refused = answers.filter(({ status }) => status === 503)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThan(200)
  expect(answers.every(({ status }) => status === 404 || status === 503)).toBe(true)
  for (const one of refused) expect(one.header('retry-after')).toBe('3')
  // The queue holds 256: whoever waited in it would see them all go first. How many were served is a matter of the machine's pace.
  const wentFirst = waitingAt.slice(1).map((left, i) => waitingAt[i]! - left).sort((a, b) => a - b)
  expect(wentFirst.length).toBeGreaterThan(0)
  expect(wentFirst[Math.floor(wentFirst.length / 2)]).toBeLessThan(128)
  expect((await askRaw(house.origin, '/en/media/nothing-at-all')).status).toBe(404)
})

/** What the page about us calls itself. */
const titleShown = async () => /<title>(.*?) – /.exec((await askRaw(house.origin, '/en/about')).body.toString())?.[1]

test('while the listening connection is lost nothing is kept, and what is changed meanwhile is shown', async () => {
  // A connection of our own, for while nobody can open one. It tells of its change as an act does.
  const client = new pg.Client({ connectionString: beside.url })
  await client.connect()
  const setTitle = async (text: string) => {
    await client.query(`update site_page set title = $1 where key = 'about' and lang = 'en'`, [text])
    await client.query(`select pg_notify('altavoz_tags', 'site')`)
  }
  const mayConnect = (may: boolean) => onServer(withDatabase(beside.url, 'postgres'), `alter database altavoz allow_connections ${may}`)
  await expect.poll(() => meter('pages_hearing'), { timeout: 5000 }).toBe(1)
  // Many at once, so that the server has connections enough for all that follows.
  await Promise.all(Array.from({ length: 12 }, () => askRaw(house.origin, '/en/media', { cookie: '__Host-altavoz=1' })))
  for (let i = 0; i < 3; i++) await titleShown()
  expect(await meter('pages_kept')).toBeGreaterThan(0)
  // Who is connected stays so; nobody can listen anew until we allow it.
  await mayConnect(false)
  try {
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'altavoz listen'`)
    await expect.poll(() => meter('pages_hearing'), { timeout: 5000, interval: 20 }).toBe(0)
    expect(await meter('pages_kept')).toBe(0)
    for (const text of ['First unheard title', 'Second unheard title']) {
      await setTitle(text)
      expect(await titleShown()).toBe(text)
      expect(await meter('pages_kept')).toBe(0)
    }
  } finally {
    await mayConnect(true)
    await client.end()
  }
  await expect.poll(() => meter('pages_hearing'), { timeout: 10_000, interval: 20 }).toBe(1)
  expect(await titleShown()).toBe('Second unheard title')
  expect(await meter('pages_kept')).toBe(1)
})

test('what is told between two listening connections is not missed', async () => {
  for (let round = 0; round < 3; round++) {
    await expect.poll(() => meter('pages_hearing'), { timeout: 5000, interval: 20 }).toBe(1)
    for (let i = 0; i < 3; i++) await titleShown()
    // Cut and changed in one breath: the change is told before anybody listens again, so it is never heard.
    await beside.db.transaction(async (tx) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'altavoz listen'`.execute(tx)
      await sql`update site_page set title = ${`Title ${round}`} where key = 'about' and lang = 'en'`.execute(tx)
      await announce(tx, ['site'])
    })
    await expect.poll(titleShown, { timeout: 1000, interval: 20 }).toBe(`Title ${round}`)
  }
})

test('of two servers on one database the other shows within a second what was published, withdrawn and set', async () => {
  const other = await runHouse({ METRICS_TOKEN, DATABASE_URL: beside.url })
  try {
    await expect.poll(() => meter('pages_hearing', other), { timeout: 5000 }).toBe(1)
    const path = '/en/media/two-servers-one-text'
    const everywhere = (check: (html: string, status: number) => boolean, asked = path) => Promise.all([house, other].map((one) =>
      expect.poll(async () => {
        const answer = await askRaw(one.origin, asked)
        return check(answer.body.toString(), answer.status)
      }, { timeout: 1000, interval: 20 }).toBe(true)))
    const keptByBoth = async (asked: string) => {
      for (const one of [house, other]) for (let i = 0; i < 2; i++) await askRaw(one.origin, asked)
    }
    await keptByBoth('/en/media')
    await house.altavoz('import', writePressPage('two', { title: 'Two servers one text', paragraphs: ['Two servers show one text to the same readers.'] }), '--publish')
    await everywhere((html) => html.includes(path), '/en/media')
    await keptByBoth(path)
    await house.altavoz('site', 'set', 'name.en', 'An alliance of two servers')
    await everywhere((html) => html.includes('An alliance of two servers'))
    await keptByBoth(path)
    await house.altavoz('withdraw', path, '--why', 'One server was enough.')
    await everywhere((_html, status) => status === 410)
    await everywhere((html) => !html.includes(path), '/en/media')
    expect(await meter('page_hits_total', other)).toBeGreaterThan(0)
  } finally {
    await other.end()
  }
})
