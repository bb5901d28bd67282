// On a phone that she shares her session goes with its tab, and not with a walk through the desk.
import { expect, test } from 'vitest'
import { isAlive } from '#rooms/people/session.ts'
import { standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { PHONE } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'

const { house, browser } = await houseAndBrowser()

test('a session on a shared device goes with its tab, and stays while she walks, looks back and loads again', async () => {
  const beside = await openHouseDatabase(house.dataDir)
  const { token, sessionId } = await standingPerson(beside.db, 'luz', 'steward', null, Temporal.Now.instant())
  await beside.db.transaction((tx) => tx.updateTable('session').set({ sharedDevice: true }).where('id', '=', sessionId).execute())
  const context = await browser.newContext({ viewport: PHONE, locale: 'es' })
  await context.addCookies([{ name: 'altavoz', value: token, url: house.origin, httpOnly: true, sameSite: 'Lax' }])
  const told = () => beside.db.read.selectFrom('session').select(['startedAt', 'tabClosedAt', 'tabToldAt', 'lastSeenAt', 'sharedDevice', 'endedAt']).where('id', '=', sessionId).executeTakeFirstOrThrow()
  try {
    const page = await context.newPage()
    const strays: string[] = []
    page.on('console', (message) => strays.push(message.text()))
    const walks = [
      () => page.goto(`${house.origin}/desk`), () => page.locator('header a[href="/desk/account"]').click(), () => page.goBack(), () => page.reload(), () => page.goForward(),
    ]
    for (const [n, walk] of walks.entries()) {
      const before = (await told()).tabToldAt
      await walk()
      await expect.poll(async () => {
        const { tabClosedAt, tabToldAt } = await told()
        return tabClosedAt === null && tabToldAt !== null && (before === null || Temporal.Instant.compare(tabToldAt, before) > 0)
      }, { message: `walk ${n}` }).toBe(true)
    }
    await page.close()
    await expect.poll(async () => (await told()).tabClosedAt !== null).toBe(true)
    const row = await told()
    expect(isAlive(row, row.tabClosedAt!.add({ seconds: 30 }))).toBe(false)
    expect(strays).toEqual([])
  } finally {
    await context.close()
    await beside.close()
  }
}, 60_000)
