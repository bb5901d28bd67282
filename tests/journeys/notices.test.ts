// A steward is told at the desk who came in, marks it as read, takes that back, and finds what waits for her.
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

test.each(walked([
  { locale: 'es', viewport: PHONE, word: 'Avisos', none: 'Todavía no hay avisos', came: 'entró con tu invitación', undo: 'Deshacer', read: 'Marcar como leído', all: 'Marcar todos', nothing: 'No tienes nada pendiente' },
  { locale: 'en', viewport: DESKTOP, word: 'Notices', none: 'There are no notices yet', came: 'came in by your invitation', undo: 'Undo', read: 'Mark as read', all: 'Mark all', nothing: 'Nothing waits for you' },
]))('she reads, marks and takes back, without script ($locale)', async ({ locale, viewport, word, none, came, undo, read, all, nothing }) => {
  await house.altavoz('organisation', 'add', `Organisation ${locale}`)
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `steward-${locale}`)
  const nav = () => page.locator('nav a[href="/desk/notices"]').innerText()
  await page.goto(`${house.origin}/desk/notices`)
  expect(await page.locator('main').innerText()).toContain(none)
  expect(await nav()).toBe(word)
  await axeFindsNothing(page, 'no notices')

  await page.goto(`${house.origin}/desk/people`)
  const hers = await visit(browser, house.origin, { locale, viewport: PHONE })
  for (const name of ['delegate', 'observer']) {
    await page.selectOption('#duty', name)
    await page.selectOption('#organisation', { label: `Organisation ${locale}` })
    await page.locator('.sheetform button').click()
    await enterByLink(hers.page, await page.locator('.made code').innerText(), `${name}-${locale}`)
    await hers.page.context().clearCookies()
  }
  await enterByLink(hers.page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `other-${locale}`)

  await page.goto(`${house.origin}/desk`)
  expect(await page.locator('aside').innerText()).toContain(`delegate-${locale} ${came}`)
  expect(await nav()).toBe(`${word} (3)`)
  await axeFindsNothing(page, 'the desk with something new')
  await page.locator('aside a').click()
  await axeFindsNothing(page, 'notices')
  await page.getByRole('button', { name: `${read}: observer-${locale}` }).click()
  expect(await nav()).toBe(`${word} (2)`)
  await axeFindsNothing(page, 'a notice that was read')
  await page.getByRole('button', { name: undo }).click()
  expect(await nav()).toBe(`${word} (3)`)
  await page.getByRole('button', { name: all }).click()
  expect(await nav()).toBe(word)
  await page.getByRole('button', { name: undo }).click()
  expect(await nav()).toBe(`${word} (3)`)

  await house.altavoz('open')
  await page.goto(`${house.origin}/desk`)
  expect(await page.locator('main').innerText()).toContain(nothing)
  expect([...strays, ...hers.strays]).toEqual([])
  await hers.close()
  await close()
}, 300_000)
