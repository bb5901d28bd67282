// Shortcut keys of the desk: they lead on, rest while she writes, are listed by `?`, and are off when she says so.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe, DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink, PASSWORD } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
const place = (page: Page) => page.url().slice(house.origin.length)
const comeIn = async (page: Page, name: string) => enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], name)
const goes = async (page: Page, key: string) => { await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]) }
/** Long enough for a page that a key would have opened. */
const stays = async (page: Page, keys: string[]) => {
  const before = place(page)
  for (const key of keys) await page.keyboard.press(key)
  await page.waitForTimeout(300)
  expect(place(page), keys.join()).toBe(before)
}

test('keys lead to the pages that there are, rest while she writes, are listed by ?, and are off when she says so', async () => {
  const { page, close } = await visit(browser, house.origin, { locale: 'en', viewport: DESKTOP, javaScriptEnabled: true })
  const stopped: string[] = []
  page.on('console', (message) => { if (/Content Security|Trusted/i.test(message.text())) stopped.push(message.text()) })
  page.on('pageerror', (error) => stopped.push(error.message))
  await comeIn(page, 'keys-en')
  await page.goto(`${house.origin}/desk`)
  expect(await page.locator('nav a[href="/desk/people"]').getAttribute('aria-keyshortcuts')).toBe('p')
  for (const [key, path] of [['p', '/desk/people'], ['o', '/desk/organisations'], ['n', '/desk/organisations/new'], ['s', '/desk/settings'], ['i', '/desk/notices'], ['a', '/desk/account'], ['w', '/desk']] as const) {
    await goes(page, key)
    expect(place(page), key).toBe(path)
  }
  await stays(page, ['n', 'P', 'Shift+p', 'Control+p', 'Alt+o', 'Meta+s', 'x'])
  await goes(page, 'p')
  await page.keyboard.press('/')
  expect(await page.locator('#q-find:focus').count()).toBe(1)
  await stays(page, ['w', 'o', '?'])
  expect([await page.inputValue('#q-find'), await page.locator('dialog[open]').count()]).toEqual(['wo?', 0])

  await page.locator('nav a[href="/desk/settings"]').focus()
  await page.keyboard.press('?')
  expect(await page.locator('dialog[open] li').allInnerTexts()).toContain('p People')
  expect(await axe(page), 'the list of keys').toEqual([])
  await stays(page, ['o'])
  await page.keyboard.press('Escape')
  expect([await page.locator('dialog[open]').count(), await page.locator('nav a[href="/desk/settings"]:focus').count()], 'she is where she was').toEqual([0, 1])

  await page.goto(`${house.origin}/desk/account`)
  await page.uncheck('#keys-on')
  expect(await page.locator('kbd:visible, [aria-keyshortcuts]').count()).toBe(0)
  expect(await axe(page), 'an account without keys').toEqual([])
  await page.goto(`${house.origin}/desk`)
  await stays(page, ['p', '?'])
  expect(await page.locator('kbd:visible, dialog[open]').count(), 'off also on the next page').toBe(0)
  await page.goto(`${house.origin}/desk/account`)
  await page.check('#keys-on')
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])), 'nothing of hers is left').toBe('[{},{}]')
  await page.evaluate(() => { (document.activeElement as HTMLElement).blur() })
  await goes(page, 'w')
  expect(stopped).toEqual([])
  await close()
}, 180_000)

test('on a shared device the choice lives as long as the tab; without script no key is shown', async () => {
  const { page, close } = await visit(browser, house.origin, { locale: 'es', viewport: PHONE })
  await comeIn(page, 'keys-es')
  const [code] = await page.locator('.codes li').allInnerTexts()
  await page.goto(`${house.origin}/desk/account`)
  expect(await page.locator('kbd:visible, [aria-keyshortcuts], dialog:visible, #keys-choice:visible').count()).toBe(0)
  await close()
  const shared = await visit(browser, house.origin, { locale: 'es', viewport: PHONE, javaScriptEnabled: true })
  await shared.page.goto(`${house.origin}/desk/sign-in?next=%2Fdesk%2Faccount`)
  await shared.page.fill('#name', 'keys-es')
  await shared.page.fill('#password', PASSWORD)
  await shared.page.fill('#code', code!)
  await shared.page.check('[name=shared]')
  await shared.page.locator('form:not([data-passkey-part]) button').click()
  await shared.page.locator('#keys-on').uncheck()
  expect(await shared.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 1])
  await shared.close()
}, 180_000)
