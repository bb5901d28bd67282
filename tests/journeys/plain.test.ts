// Without style, in a text browser: every page reads in order, with nothing that only style would hide or put in place.
import { expect, test } from 'vitest'
import { inTextBrowser, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { pageTypes } from './page-types.ts'

const { house, browser } = await houseAndBrowser()

const words = (text: string) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()

test.each(['en', 'es'])('in a text browser every page type in %s says who speaks, in which languages, its title and its text, in this order', async (lang) => {
  const { page, close } = await visit(browser, house.origin)
  for (const { name, path } of await pageTypes(house, lang)) {
    const html = await (await fetch(house.origin + path)).text()
    const dumped = words(inTextBrowser(html, 10_000))
    await page.goto(house.origin + path)
    const [title, ...paragraphs] = [await page.locator('h1').innerText(), ...(await page.locator('main p:not(.when, .facts, .links, .ask)').allInnerTexts())].map(words)
    let at = 0
    for (const part of ['Altavoz', 'Kreyòl', title!]) {
      const found = dumped.indexOf(part, at)
      expect(found, `${name} ${path}: “${part}” is missing or out of order in:\n${dumped.slice(0, 1500)}`).toBeGreaterThanOrEqual(0)
      at = found
    }
    for (const paragraph of paragraphs.filter((one) => one.length > 40 && !/[\[\]|]/.test(one))) {
      const start = paragraph.slice(0, 40)
      expect(dumped.slice(at), `${name} ${path}`).toContain(start)
    }
  }
  await close()
}, 120_000)

test('with its style taken away a page shows everything, and no two words run together', async () => {
  const { page, close } = await visit(browser, house.origin)
  // Pages alone: a font may still be on its way when the next page is asked for, and answering for it would fail then.
  await page.route((url) => !/\.\w+$/.test(url.pathname), async (route) => {
    const answer = await route.fetch()
    expect(answer.headers()['content-type']).toMatch(/html/)
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/<style[\s\S]*?<\/style>/g, '').replace(/ style="[^"]*"/g, '') })
  })
  for (const { name, path } of await pageTypes(house, 'en')) {
    await page.goto(house.origin + path)
    const { hidden, glued } = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) {
        const text = walker.currentNode as Text
        // Notes' marks stand close to their word by custom; what is folded shows when it is opened.
        if (text.data.trim() && !text.parentElement!.closest('script, svg, sup, details:not([open]) > :not(summary)')) texts.push(text)
      }
      const letter = (text: Text, at: number) => {
        const range = document.createRange()
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        return { sign: text.data[at]!, box: range.getBoundingClientRect() }
      }
      const glued = texts.slice(1).flatMap((next, i) => {
        const [last, first] = [letter(texts[i]!, texts[i]!.data.length - 1), letter(next, 0)]
        const isOneLine = Math.abs(first.box.top - last.box.top) < 8 && Math.abs(first.box.left - last.box.right) < 1
        return isOneLine && /[\p{L}\p{N}.:]/u.test(last.sign) && /[\p{L}\p{N}]/u.test(first.sign) ? [`${texts[i]!.data.slice(-20)}${next.data.slice(0, 20)}`] : []
      })
      return { hidden: texts.filter((one) => !one.parentElement!.checkVisibility()).map((one) => one.data.slice(0, 60)), glued }
    })
    expect(hidden, `${name} ${path}: not shown`).toEqual([])
    expect(glued, `${name} ${path}: run together`).toEqual([])
  }
  await close()
}, 120_000)
