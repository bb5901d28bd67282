// Somebody whose browser speaks another language than she does chooses hers at the door, and keeps it.
import { expect, test } from 'vitest'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
const stewardLink = async () => /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0]

test.each([
  { locale: 'en', viewport: PHONE, chosen: 'Kreyòl', lang: 'ht', called: 'zanmi' },
  { locale: 'es', viewport: DESKTOP, chosen: 'English', lang: 'en', called: 'friend' },
])('who chooses her language at the door has it in the form, in what is to be mended, and at the desk ($locale to $lang)', async ({ locale, viewport, chosen, lang, called }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  const tongue = () => page.locator('html').getAttribute('lang')
  await page.goto(await stewardLink())
  expect(await tongue()).toBe(locale)
  await page.getByRole('link', { name: chosen }).click()
  expect(await tongue()).toBe(lang)
  expect(await page.context().cookies(), 'nobody is followed by what she chose').toEqual([])
  await axeFindsNothing(page, 'the way in, in another language')
  const key = (await page.locator('.key').innerText()).replaceAll(' ', '')
  await page.fill('#called', called)
  await page.fill('#name', called)
  await page.fill('#password', 'short')
  await page.fill('#code', codeOf(key, Temporal.Now.instant()))
  await page.locator('form button:not([data-passkey])').click()
  expect([await tongue(), await page.locator('#password-bad').count()]).toEqual([lang, 1])
  await page.fill('#password', 'cuatro palabras bien seguidas')
  await page.fill('#code', codeOf(key, Temporal.Now.instant()))
  await page.locator('form button:not([data-passkey])').click()
  const code = await page.locator('.codes li').first().innerText()
  expect([await tongue(), await page.locator('.tongues').count()], 'what is shown once leads nowhere where it is lost').toEqual([lang, 0])
  await page.goto(`${house.origin}/desk/account`)
  expect(await tongue(), 'it became her own').toBe(lang)
  await page.context().clearCookies()

  await page.goto(`${house.origin}/desk/account`)
  expect(await tongue()).toBe(locale)
  await page.getByRole('link', { name: chosen }).click()
  await page.fill('#name', called)
  await page.fill('#password', 'not this one at all')
  await page.fill('#code', code)
  await page.locator('form button:not([data-passkey])').click()
  expect([await tongue(), await page.getByRole('alert').count(), await page.inputValue('#name')]).toEqual([lang, 1, called])
  await page.fill('#password', 'cuatro palabras bien seguidas')
  await page.fill('#code', code)
  await page.locator('form button:not([data-passkey])').click()
  expect(new URL(page.url()).pathname, 'where she wanted to go was kept').toBe('/desk/account')
  expect(house.printed()).not.toMatch(/lang=/)
  expect(strays).toEqual([])
  await close()
}, 90_000)

test('a link that lets nobody in says so in the language that is chosen', async () => {
  const { page, close } = await visit(browser, house.origin, { locale: 'en' })
  await page.goto(`${house.origin}/desk/in/nothing`)
  await page.getByRole('link', { name: 'Português' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('pt')
  await axeFindsNothing(page, 'a dead link in Portuguese')
  await close()
})
