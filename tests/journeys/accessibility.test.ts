// axe on every page type, phone and desk, light and dark. The pages have no script of their own; axe needs timers to run.
import { expect, inject, test } from 'vitest'
import { DESKTOP, PHONE, axe, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { pageTypes } from './page-types.ts'

const { house, browser } = await houseAndBrowser()

// Each width and each of the two looks; every pair of them in the long form.
const PAIRS = [['phone', 'light', PHONE], ['desk', 'dark', DESKTOP], ['phone', 'dark', PHONE], ['desk', 'light', DESKTOP]] as const

test.each(inject('isLong') ? PAIRS : PAIRS.slice(0, 2))(
  'axe finds nothing on any page type (%s, %s), and no page is wider than its window', async (_where, colorScheme, viewport) => {
    const found: string[] = []
    const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport, colorScheme })
    for (const { name, path } of await pageTypes(house, 'en')) {
      await page.goto(house.origin + path)
      found.push(...(await axe(page)).map((line) => `${name} ${path}: ${line}`))
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${name} ${path}: wider than the window`)
    }
    await close()
    expect(found).toEqual([])
  }, 180_000)

test.each(['es', 'ht'])('the outline of list and item stays as it is in %s (aria snapshot)', async (lang) => {
  const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport: DESKTOP })
  await page.goto(`${house.origin}/${lang}/media?region=NZ`)
  const list = await page.locator('body').ariaSnapshot()
  expect(list).toMatch(/- banner/)
  expect(list).toMatch(/- main/)
  expect(list).toMatch(/- contentinfo/)
  expect(list).toMatch(/heading .*\[level=1\]/)
  await page.locator('.rows > li h3 a').first().click()
  const item = await page.locator('body').ariaSnapshot()
  expect(item.match(/\[level=1\]/g)).toHaveLength(1)
  expect(item).toMatch(/- article/)
  await close()
})
