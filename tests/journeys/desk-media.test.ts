// The pages on which texts are written, compared, agreed to and published, as a screen reader is told of them, and by keyboard alone.
import { beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { DESKTOP, visit } from './browser.ts'
import { furnishDesk, type LookedAtDesk } from './desk-pages.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
let desk: LookedAtDesk
beforeAll(async () => {
  desk = await furnishDesk(house)
})
const mediaPages = () => desk.pages.filter(({ path }) => path.startsWith('/desk/media'))

/** Without what is of this run alone: numbers of rows, tokens, and when it was. */
const settled = (snapshot: string) => snapshot
  .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '…').replaceAll(/http(:|%3A)(\/\/|%2F%2F)localhost(:|%3A)\d+/g, '…')
  .replaceAll(/\d{4}-\d{2}-\d{2}/g, '…').replaceAll(/\d{1,2}:\d{2}/g, '…').replaceAll(/\d+ kB/g, '… kB')
  .replaceAll(/\d+ seconds? (is|are) left|Quedan? \d+ segundos?/g, '(seconds)')
  .replaceAll(/\d{1,2} (de )?(January|February|March|April|May|June|July|August|September|October|November|December|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)( (de )?\d{4})?/g, '…')
  .replaceAll(/(This week|Next week|Later|Esta semana|La semana que viene|Más adelante)[^"\n]*/g, '(a week)')

test.each(['es', 'en'])('each page is told to a screen reader as it was looked through (%s)', async (lang) => {
  const { page, close } = await visit(browser, house.origin, { viewport: DESKTOP })
  await page.context().setExtraHTTPHeaders({ cookie: desk.cookies[lang]! })
  for (const { name, path } of mediaPages()) {
    await page.goto(house.origin + path)
    await expect(settled(await page.locator('main').ariaSnapshot())).toMatchFileSnapshot(`desk-media/${name}-${lang}.yml`)
  }
  await close()
})

const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [contenteditable=true]'

/** Goes through the page by Tab from its start, and says which of its controls were not reached, and which could not be seen to be focused. */
async function missedByTab(page: Page): Promise<string[]> {
  await page.evaluate((controls) => {
    const shown = (node: Element) => node.checkVisibility() && (node as HTMLElement).getClientRects().length > 0
    // Of radio buttons with one name the arrows reach the others.
    const names = new Set<string>()
    for (const node of document.querySelectorAll<HTMLElement>(controls)) {
      const radio = node instanceof HTMLInputElement && node.type === 'radio' ? node.name : undefined
      if (!shown(node) || node.matches('[disabled], [tabindex="-1"]') || (radio !== undefined && names.has(radio))) continue
      if (radio !== undefined) names.add(radio)
      node.dataset.unreached = radio ?? ''
    }
  }, CONTROLS)
  const most = await page.locator('[data-unreached]').count()
  const unseen: string[] = []
  for (let i = 0; i < most + 10; i++) {
    await page.keyboard.press('Tab')
    const told = await page.evaluate(() => {
      const node = document.activeElement as HTMLElement | null
      // What is focused in a frame is drawn there: that page is walked by itself.
      if (!node || node === document.body || node instanceof HTMLIFrameElement) return undefined
      const name = node instanceof HTMLInputElement && node.type === 'radio' ? node.name : undefined
      if (name !== undefined) document.querySelectorAll<HTMLElement>(`[data-unreached="${CSS.escape(name)}"]`).forEach((one) => { delete one.dataset.unreached })
      delete node.dataset.unreached
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' ? undefined : node.outerHTML.slice(0, 120)
    })
    if (told) unseen.push(`not seen to be focused: ${told}`)
  }
  const missed = await page.locator('[data-unreached]').evaluateAll((nodes) => nodes.map((node) => `not reached: ${node.outerHTML.slice(0, 120)}`))
  return [...new Set([...unseen, ...missed])]
}

test('by keyboard alone every control of each page is reached, seen to be focused, and left again', async () => {
  const { page, close } = await visit(browser, house.origin, { viewport: DESKTOP, javaScriptEnabled: true })
  await page.context().setExtraHTTPHeaders({ cookie: desk.cookies.es! })
  for (const { name, path } of mediaPages()) {
    await page.goto(house.origin + path, { waitUntil: 'networkidle' })
    expect(await missedByTab(page), name).toEqual([])
  }
  await close()
}, 300_000)
