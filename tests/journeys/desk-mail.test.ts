// She gives an address, opens its link, is told by mail that something waits, and takes the address away again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { act } from '#kernel/database/act.ts'
import { startMailServer, type TestMailServer } from '#kernel/testing/mail-server.ts'
import '#rooms/people/server/notice-tables.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, openBrowser, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { openHouseDatabase } from './house-database.ts'
import { type RunningHouse, runHouse } from './running-house.ts'
import { walked } from './walked.ts'

let server: TestMailServer, house: RunningHouse, browser: Browser
beforeAll(async () => {
  server = await startMailServer()
  house = await runHouse({ SMTP_URL: server.url }, ['--bare'])
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await house?.end()
  await server?.close()
})

const comeIn = async (page: Page, name: string) => enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], name)

/** Another steward comes in, which is told at the desk, and by one letter that names nobody and nothing. */
async function isToldOnce(locale: string, address: string, waits: string) {
  const other = await visit(browser, house.origin, { locale, viewport: DESKTOP })
  await comeIn(other.page, `otra-${locale}`)
  await other.close()
  const { db, close } = await openHouseDatabase(house.dataDir)
  try {
    const due = await db.read.selectFrom('personMail').select(['dueAt']).where('address', '=', address).executeTakeFirstOrThrow()
    expect(due.dueAt, 'she may read it at the desk first').not.toBeNull()
    expect(server.letters).toEqual([])
    await act({ db }, (tx) => tx.updateTable('personMail').set({ dueAt: Temporal.Now.instant() }).where('address', '=', address).execute())
    await expect.poll(() => server.letters.length, { timeout: 90_000 }).toBe(1)
  } finally {
    await close()
  }
  const [letter] = server.letters.splice(0)
  expect([letter!.to, letter!.raw]).toEqual([[address], expect.stringContaining(`Subject: ${waits}`)])
  expect(letter!.raw).toContain(`${house.origin}/desk`)
  expect(letter!.raw).not.toMatch(/otra|luz-/)
}

test.each(walked([
  { locale: 'es', viewport: PHONE, bad: 'no es una dirección de correo', dead: 'Este enlace no confirma nada', confirm: 'Sí, enviar', goes: 'Los avisos llegan a', remove: 'Eliminar la dirección', subject: '=?UTF-8?Q?Confirma_', waits: 'Hay algo pendiente' },
  { locale: 'en', viewport: DESKTOP, bad: 'not a mail address', dead: 'This link confirms nothing', confirm: 'Yes, send', goes: 'Notices go to', remove: 'Remove the address', subject: 'Confirm', waits: 'Something waits' },
]))('she gives an address, is told by mail that something waits, and takes it away, without script ($locale)', async ({ locale, viewport, bad, dead, confirm, goes, remove, subject, waits }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await comeIn(page, `luz-${locale}`)
  await page.goto(`${house.origin}/desk/account`)
  await page.locator('a[href="/desk/account/mail"]').click()
  await axeFindsNothing(page, 'no address yet')
  const address = `luz.${locale}@example.org`
  await page.fill('#address', 'luz@example')
  await page.locator('.sheetform button').click()
  expect(await page.locator('#address-bad').innerText()).toContain(bad)
  expect(await page.inputValue('#address'), 'what was typed is kept').toBe('luz@example')
  await axeFindsNothing(page, 'an address to mend')
  await page.fill('#address', address)
  await page.locator('.sheetform button').click()
  await axeFindsNothing(page, 'a link on its way')
  await expect.poll(() => server.letters.length, { timeout: 30_000 }).toBe(1)
  const [got] = server.letters.splice(0)
  expect([got!.to, got!.raw]).toEqual([[address], expect.stringContaining(`Subject: ${subject}`)])
  const link = new RegExp(`${house.origin}/desk/account/mail/[\\w-]{43}`).exec(got!.raw.replaceAll('=\r\n', ''))![0]
  const looked = await fetch(link, { redirect: 'manual' })
  expect(looked.status, 'a mail program looks first').toBe(303)
  await page.goto(link)
  expect(await page.locator('main').innerText()).toContain(address)
  await axeFindsNothing(page, 'the link')
  await page.getByRole('button', { name: confirm }).click()
  await axeFindsNothing(page, 'confirmed')
  await page.goto(link)
  expect(await page.locator('h1').innerText()).toBe(dead)
  await axeFindsNothing(page, 'a link that was used')
  await page.locator('main a').click()
  expect(await page.locator('main').innerText()).toContain(`${goes} ${address}`)
  await axeFindsNothing(page, 'an address')
  await isToldOnce(locale, address, waits)
  await page.goto(`${house.origin}/desk/account/mail`)
  await page.getByRole('button', { name: remove }).click()
  expect(await page.locator('main').innerText()).not.toContain(address)
  expect(house.printed(), 'no log line holds an address').not.toContain('@example.org')
  expect(strays).toEqual([])
  await close()
}, 300_000)
