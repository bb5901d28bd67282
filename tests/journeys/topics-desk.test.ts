// A steward adds a topic, names it in another language and merges one into another, without script.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

async function enter(page: Page, name: string) {
  await page.goto(/^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0])
  const key = (await page.locator('.key').innerText()).replaceAll(' ', '')
  await page.fill('#called', name)
  await page.fill('#name', name)
  await page.fill('#password', 'cuatro palabras bien seguidas')
  await page.fill('#code', codeOf(key, Temporal.Now.instant()))
  await page.locator('form button:not([type=button])').click()
  await page.locator('.codes').waitFor()
}
const shown = async (path: string) => (await fetch(house.origin + path)).text()

test.each(walked([
  { locale: 'es', viewport: PHONE, from: 'migration', into: 'human-rights', save: 'Guardar', wrong: 'Escribe una dirección', next: 'Ver qué va a pasar', merge: /^Unir a/, came: 'lleva aquí' },
  { locale: 'en', viewport: DESKTOP, from: 'hiv', into: 'harm-reduction', save: 'Save', wrong: 'Write an address', next: 'See what will happen', merge: /^Merge into/, came: 'leads here' },
]))('a steward adds, names and merges topics, without script ($locale)', async ({ locale, viewport, from, into, save, wrong, next, merge, came }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enter(page, `topics-${locale}`)
  await page.goto(`${house.origin}/desk/settings`)
  await page.locator('main a[href="/desk/topics"]').click()
  await axeFindsNothing(page, 'topics')

  await page.fill('#name', `Tema de ${locale}`)
  await page.fill('#key', 'Bad Key')
  await page.locator('aside button').click()
  expect(await page.locator('#key-bad').innerText()).toContain(wrong)
  expect([await page.inputValue('#name'), await page.inputValue('#key')], 'what was typed is kept').toEqual([`Tema de ${locale}`, 'Bad Key'])
  await axeFindsNothing(page, 'topics that need mending')
  await page.fill('#key', '')
  await page.locator('aside button').click()
  expect(new URL(page.url()).pathname).toBe(`/desk/topics/tema-de-${locale}`)
  await axeFindsNothing(page, 'topic')
  await page.fill('[name="name.fr"]', 'Thème à nous')
  await page.getByRole('button', { name: save }).click()
  expect(await page.getByRole('status').innerText()).not.toBe('')
  expect(await house.altavoz('topic', 'list')).toContain(`tema-de-${locale}`)

  await page.goto(`${house.origin}/desk/topics/${from}`)
  await page.selectOption('#into', into)
  await page.getByRole('button', { name: next }).click()
  await axeFindsNothing(page, 'merging')
  expect(await house.altavoz('topic', 'list'), 'nothing is merged before she said so').not.toContain(`${from}  →`)
  await page.getByRole('button', { name: merge }).click()
  expect(new URL(page.url()).pathname).toBe(`/desk/topics/${into}`)
  expect(await page.getByRole('status').innerText()).toContain(came)
  expect(await house.altavoz('topic', 'list')).toContain(`${from}  → ${into}`)
  const kept = await shown(`/${locale}/media?topic=${into}`)
  expect(kept).not.toContain(`value="${from}"`)
  expect((await fetch(`${house.origin}/${locale}/media?topic=${from}`)).status, 'the old address leads on').toBe(200)
  await page.goto(`${house.origin}/desk/topics/${from}`)
  expect(await page.locator(`main a[href="/desk/topics/${into}"]`).count()).toBe(1)
  await axeFindsNothing(page, 'a topic that was merged')
  await page.goto(`${house.origin}/desk/topics`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(strays).toEqual([])
  await close()
}, 180_000)
