// Every page of the desk as a steward finds it in a house at work: by axe, and on a phone in each language.
import { beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { UI_LANGS } from '#kernel/language/language.ts'
import { DESKTOP, PHONE, axe, visit } from './browser.ts'
import { furnishDesk, type LookedAtDesk } from './desk-pages.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
let desk: LookedAtDesk
beforeAll(async () => {
  desk = await furnishDesk(house)
})

type Look = (page: Page, name: string) => Promise<string[]>
async function lookAtAll(lang: string, viewport: typeof PHONE, colorScheme: 'light' | 'dark', look: Look): Promise<string[]> {
  const found: string[] = []
  const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport, colorScheme })
  const lookAt = async ({ name, path }: { name: string; path: string }) => {
    const answer = await page.goto(house.origin + path)
    if (answer?.status() !== 200) found.push(`${name} answers ${answer?.status()}`)
    found.push(...(await look(page, name)))
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${name} is wider than its window`)
  }
  for (const door of desk.doors) await lookAt({ ...door, path: `${door.path}?lang=${lang}` })
  await page.context().setExtraHTTPHeaders({ cookie: desk.cookies[lang]! })
  for (const one of desk.pages) await lookAt(one)
  await close()
  return found
}

test.each([['es', 'phone', 'light', PHONE], ['en', 'desk', 'dark', DESKTOP]] as const)('axe finds nothing on any page of the desk (%s, %s, %s)', async (lang, _where, colorScheme, viewport) => {
  expect(desk.pages.length).toBeGreaterThan(20)
  expect(await lookAtAll(lang, viewport, colorScheme, async (page, name) => (await axe(page)).map((line) => `${name}: ${line}`))).toEqual([])
}, 180_000)

/** A text as its readers will have it speaks its own language. */
const speaksItsOwn = (name: string) => name.endsWith('preview-page-look')

test.each(UI_LANGS)('each page speaks %s and is no wider than a phone', async (lang) => {
  expect(await lookAtAll(lang, PHONE, 'light', async (page, name) => ((await page.locator('html').getAttribute('lang')) === (speaksItsOwn(name) ? 'es' : lang) ? [] : [`${name} speaks another language`]))).toEqual([])
}, 120_000)
