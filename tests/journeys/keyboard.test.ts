// A reader without a mouse and without script: every step with Tab, Enter and what she types.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { pageTypes } from './page-types.ts'

const { house, browser } = await houseAndBrowser()

/** Goes on with Tab until what is focused is one of `wanted`. */
async function tabTo(page: Page, wanted: string) {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab')
    if (await page.locator(`:focus:is(${wanted})`).count()) return
  }
  throw new Error(`Tab never reaches ${wanted} on ${page.url()}`)
}

async function enter(page: Page) {
  const before = page.url()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.url(), { timeout: 10_000 }).not.toBe(before)
  await page.waitForLoadState()
}
const place = (page: Page) => page.url().slice(house.origin.length)

test.each([['a phone', PHONE], ['a desk', DESKTOP]])('on %s she skips to the text, filters by date, opens a text, follows its note and changes its language', async (_where, viewport) => {
  const { page, close } = await visit(browser, house.origin, { viewport })
  await page.goto(`${house.origin}/en/`)
  await tabTo(page, 'a.skip')
  await enter(page)
  expect(place(page)).toBe('/en/#text')
  await tabTo(page, 'main a')

  await page.goto(`${house.origin}/en/`)
  const folded = page.locator('details.rooms > summary')
  if (await folded.isVisible()) {
    await tabTo(page, 'details.rooms > summary')
    await page.keyboard.press('Enter')
  }
  await tabTo(page, 'nav a[href="/en/media"]')
  await enter(page)
  expect(place(page)).toBe('/en/media')

  const filters = page.locator('details.fold > summary')
  if (await filters.isVisible()) {
    await tabTo(page, 'details.fold > summary')
    await page.keyboard.press('Enter')
  }
  await tabTo(page, 'input[name="from"]')
  await page.keyboard.type('2002')
  await page.keyboard.press('Tab')
  await page.keyboard.type('2003')
  await enter(page)
  expect(place(page)).toBe('/en/media?from=2002&to=2003')

  await tabTo(page, '.rows h3 a')
  await enter(page)
  expect(place(page)).toMatch(/^\/en\/media\/[a-z0-9-]+$/)
  await tabTo(page, '.body sup a')
  await enter(page)
  expect(await page.locator(':target').count()).toBe(1)

  await page.goto(page.url().replace(/#.*/, ''))
  await tabTo(page, '.tongues a[lang="es"]')
  await enter(page)
  expect(place(page)).toMatch(/^\/es\/media\/[a-z0-9-]+$/)
  await close()
}, 120_000)

test('on every page type Tab goes down the page once, is seen wherever it stands, and is caught nowhere', async () => {
  const { page, close } = await visit(browser, house.origin, { viewport: PHONE })
  for (const { name, path } of await pageTypes(house, 'en')) {
    await page.goto(house.origin + path)
    const seen: number[] = []
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(() => {
        const one = document.activeElement
        if (!one || one === document.body) return undefined
        const all = [...document.querySelectorAll('*')]
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        const { width, height } = one.getBoundingClientRect()
        return { at: all.indexOf(one), html: one.outerHTML.slice(0, 80), isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, isThere: width > 1 && height > 1 }
      })
      if (!found) break
      expect(found, `${name} ${path}`).toMatchObject({ isMarked: true, isThere: true })
      if (seen.length > 0 && found.at <= seen[0]!) break
      seen.push(found.at)
    }
    expect(seen.length, `${name} ${path}`).toBeGreaterThan(5)
    expect(seen, `${name} ${path}: the order of Tab is the order of the page`).toEqual([...new Set(seen)].sort((a, b) => a - b))
    const reachable = await page.locator('a[href]:visible, summary:visible, button:visible, input:not([type="hidden"]):visible').count()
    expect(seen.length, `${name} ${path}: Tab reaches what can be used`).toBeGreaterThanOrEqual(Math.min(reachable, 150))
  }
  await close()
}, 170_000)
