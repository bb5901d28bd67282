import type { BrowserContext, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { axe, PHONE } from './browser.ts'

/**
 * Opens the page as axe needs it, with scripts, in a browser that holds the same cookies. A journey that is made at both widths
 * asks axe on the phone, where targets are nearest to each other; in the long form at both. Every page at a desk's width is
 * asked about by `desk-pages.test.ts`.
 */
export async function axeFindsNothing(page: Page, where: string) {
  if (!inject('isLong') && page.viewportSize()!.width > PHONE.width) return
  const seen = await pageForAxe(page)
  // The very page, also one that is shown once: what answers a form cannot be asked for again.
  const html = await page.content()
  await seen.route('**/*', (route) => (route.request().isNavigationRequest() ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }) : route.continue()))
  await seen.goto(page.url())
  expect(await axe(seen), where).toEqual([])
  expect(await seen.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} is no wider than its window`).toBe(true)
  await seen.unroute('**/*')
}

/** One for each visit: a browser takes seconds to begin another on a busy machine. */
const pages = new WeakMap<BrowserContext, Page>()

async function pageForAxe(page: Page): Promise<Page> {
  const visited = page.context()
  const seen = pages.get(visited) ?? (await (await visited.browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize() })).newPage())
  pages.set(visited, seen)
  await seen.context().clearCookies()
  await seen.context().addCookies(await visited.cookies())
  return seen
}
