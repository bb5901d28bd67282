// Something breaks in the house. The reader is told in her language that it is not her fault and is given a number; the log
// has the same number; nothing of what broke is told to her, and the page is well again as soon as the house is.
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { m } from '#kernel/language/m.ts'
import { DESKTOP, PHONE, axe, openBrowser, visit } from './browser.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const LANGS = ['en', 'es', 'pt', 'fr', 'ht'] as const

let house: RunningHouse, beside: HouseDatabase, browser: Browser
beforeAll(async () => {
  house = await runHouse()
  beside = await openHouseDatabase(house.dataDir)
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await beside?.close()
  await house?.end()
})

const rename = (from: string, to: string) => beside.db.transaction((tx) => sql`alter table ${sql.id(from)} rename to ${sql.id(to)}`.execute(tx))

test('a fault is a page in her language with a number that the log has too, and no word of what it was', async () => {
  await rename('site_page', 'site_page_away')
  try {
    for (const lang of LANGS) {
      const answer = await askRaw(house.origin, `/${lang}/about?token=quetzal`)
      const html = answer.body.toString()
      expect([lang, answer.status, answer.header('cache-control'), answer.header('etag')]).toEqual([lang, 500, 'no-store', undefined])
      expect(html.includes(m.err_500_title({}, { locale: lang })), lang).toBe(true)
      expect(html).toMatch(new RegExp(`<html[^>]* lang="${lang}"`))
      const number = /\b\d{4}-\d{4}\b/.exec(html.replace(/<style[\s\S]*?<\/style>/, ''))?.[0]
      expect(number, lang).toBeDefined()
      expect(/site_page|relation|select|\.ts:|\.js:|42P01|quetzal/i.exec(html.replace(/<style[\s\S]*?<\/style>/, ''))?.[0], lang).toBeUndefined()
      await expect.poll(() => house.printed().split('\n').filter((line) => line.includes(`"reference":"${number}"`)).length, { timeout: 5000 }).toBe(1)
    }
    expect(house.printed()).not.toMatch(/quetzal|token=/)
    for (const viewport of [PHONE, DESKTOP]) {
      const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport })
      await page.goto(`${house.origin}/en/about`)
      expect(await axe(page)).toEqual([])
      await close()
    }
  } finally {
    await rename('site_page_away', 'site_page')
  }
  for (const lang of LANGS) expect((await askRaw(house.origin, `/${lang}/about`)).status).toBe(200)
})

test('while the database is away a page is a 503 in her language that says when to come back, and then it is there again', async () => {
  const pid = Number((await sql<{ pid: string }>`select pg_read_file('postmaster.pid') as pid`.execute(beside.db.read as never)).rows[0]!.pid.split('\n')[0])
  process.kill(pid, 'SIGKILL')
  let sawAway = false
  for (let i = 0; i < 400; i++) {
    const answer = await askRaw(house.origin, `/fr/media?from=${1900 + (i % 100)}`)
    const isSaid = answer.status === 200 || (answer.status === 503 && Number(answer.header('retry-after')) > 0 && answer.body.toString().includes('lang="fr"'))
    expect(isSaid, `answered ${answer.status}`).toBe(true)
    if (answer.status === 503) sawAway = true
    else if (sawAway) break
    await new Promise((soon) => setTimeout(soon, 10))
  }
  expect(sawAway).toBe(true)
  await expect.poll(async () => (await askRaw(house.origin, '/readyz')).status, { timeout: 30_000 }).toBe(200)
  expect((await askRaw(house.origin, '/fr/media?from=1850')).status).toBe(200)
})
