import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { axe, PHONE } from './browser.ts'

/**
 * Opens the page as axe needs it, with scripts, in a browser that holds the same cookies. A journey that is made at both widths
 * asks axe on the phone, where targets are nearest to each other; in the long form at both. Every page at a desk's width is
 * asked about by `desk-pages.test.ts`.
 */
export async function axeFindsNothing(page: Page, where: string) {
  if (!inject('isLong') && page.viewportSize()!.width > PHONE.width) return
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize() })
  await context.addCookies(await page.context().cookies())
  const seen = await context.newPage()
  // The very page, also one that is shown once: what answers a form cannot be asked for again.
  await seen.route('**/*', (route) => (route.request().isNavigationRequest() ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }) : route.continue()))
  const html = await page.content()
  await seen.goto(page.url())
  expect(await axe(seen), where).toEqual([])
  expect(await seen.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} is no wider than its window`).toBe(true)
  await context.close()
}
