// The shell of the desk as a screen reader is told of it, and walked through by keyboard alone, without script.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink, PASSWORD } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()

/** What differs from run to run: days and hours, the names of rows, and the browser and system of the machine. */
const settled = (told: string) => told
  .replace(/\d{1,2}(?: de)? \p{L}+(?: de)? \d{4}(?:,? \d{1,2}:\d{2})?(?: \(?UTC\)?)?|\p{L}+ \d{1,2}, \d{4}(?:,? \d{1,2}:\d{2}(?: [AP]M)?)?(?: \(?UTC\)?)?/gu, 'DAY')
  .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
  .replace(/\b(?:Chrome|Firefox|Edge|Safari), \p{L}+/gu, 'DEVICE')
  .replaceAll(house.origin, 'ORIGIN')

async function comeIn(page: Page, name: string): Promise<string[]> {
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], name)
  return page.locator('.codes li').allInnerTexts()
}

test('the shell is told to a screen reader as it was read and found good, in two languages and at both widths', async () => {
  for (const locale of ['en', 'es']) await isToldAsBefore(locale)
}, 400_000)

async function isToldAsBefore(locale: string) {
  const { page, close } = await visit(browser, house.origin, { locale, viewport: DESKTOP })
  const told = async (name: string, path: string) => {
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport)
      await page.goto(house.origin + path)
      await expect(settled(await page.locator('body').ariaSnapshot())).toMatchFileSnapshot(`desk-shell/${name}-${locale}-${viewport.width}.yml`)
    }
  }
  await told('sign-in', '/desk/sign-in')
  await comeIn(page, `luz-${locale}`)
  for (const [name, path] of [['waiting', '/desk'], ['notices', '/desk/notices'], ['people', '/desk/people'], ['account', '/desk/account']] as const) await told(name, path)
  await close()
}

/** Goes on with Tab until what is focused is one of `wanted`; everything on the way is seen to be focused. */
async function tabTo(page: Page, wanted: string) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const isSeen = await page.evaluate(() => {
      const one = document.activeElement
      if (!one || one === document.body) return true
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      const { width, height, bottom, top } = one.getBoundingClientRect()
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 0 && height > 0 && bottom > 0 && top < innerHeight
    })
    expect(isSeen, `${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80))} on ${page.url()}`).toBe(true)
    if (await page.locator(`:focus:is(${wanted})`).count()) return
  }
  throw new Error(`Tab never reaches ${wanted} on ${page.url()}`)
}
async function enter(page: Page) {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}
const place = (page: Page) => page.url().slice(house.origin.length)

test.each([['es', PHONE], ['en', DESKTOP]] as const)('by keyboard alone she signs in, looks at all pages and signs out (%s)', async (locale, viewport) => {
  const { page, close } = await visit(browser, house.origin, { locale, viewport })
  const name = `ana-${locale}`
  const [code] = await comeIn(page, name)
  await page.context().clearCookies()
  await page.goto(`${house.origin}/desk/notices`)
  expect(place(page)).toContain('/desk/sign-in')
  await page.keyboard.press('Tab')
  expect(await page.locator('a.skip:focus').count(), 'the way past the languages is first').toBe(1)
  await tabTo(page, '#name')
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Tab')
  await page.keyboard.type(code!)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await page.locator('[name=shared]').isChecked()).toBe(true)
  await tabTo(page, 'button')
  await enter(page)
  expect(place(page)).toBe('/desk/notices')
  await tabTo(page, '.todo button')
  await enter(page)
  await tabTo(page, '.told button')
  await enter(page)

  await page.goto(`${house.origin}/desk`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  // A jump within the page is no navigation that could be waited for.
  await expect.poll(() => place(page)).toBe('/desk#text')
  await tabTo(page, 'aside a')
  for (const path of ['/desk/notices', '/desk/people', '/desk/organisations', '/desk/settings', '/desk/account', '/desk']) {
    await tabTo(page, `header a[href="${path}"]`)
    await enter(page)
    expect(place(page)).toBe(path)
  }
  await page.goto(`${house.origin}/desk/people`)
  const another = await page.locator('th a').filter({ hasNotText: name }).first().getAttribute('href')
  await tabTo(page, `a[href="${another}"]`)
  await enter(page)
  await tabTo(page, '[name=sure]')
  await page.goto(`${house.origin}/desk/account`)
  await tabTo(page, 'a[href="/desk/account/mail"]')
  // One tap away on every page, so also on this one.
  await page.goto(`${house.origin}/desk/people`)
  await tabTo(page, 'header form button')
  await enter(page)
  expect(place(page)).toBe('/desk/sign-in')
  await close()
}, 300_000)
