// What she changes of her own account: how she is called, her language, her password, the key of her app, her recovery codes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#rooms/people/server/password.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const PASSWORD = 'cuatro palabras bien seguidas'
const NEXT = 'otras palabras para manana'
const now = () => Temporal.Now.instant()
const people: Record<string, Standing> = {}
let beside: HouseDatabase

beforeAll(async () => {
  beside = await openHouseDatabase(house.dataDir)
  const hash = await hashPassword(PASSWORD)
  for (const locale of ['es', 'en']) people[locale] = await standingPerson(beside.db, `luz-${locale}`, 'steward', null, now(), { passwordHash: hash, lang: locale })
}, 60_000)
afterAll(() => beside.close())

test.each(walked([
  { locale: 'es', viewport: PHONE, said: { saved: 'Guardado.', wrong: 'no corresponden', password: 'La contraseña cambió', key: 'Desde ahora vale la llave nueva', codes: 'Códigos de recuperación', short: 'demasiado corta' } },
  { locale: 'en', viewport: DESKTOP, said: { saved: 'Saved.', wrong: 'do not fit', password: 'The password is changed', key: 'your app’s new key counts', codes: 'Recovery codes', short: 'too short' } },
]))('she changes how she is called, her password, her key and her codes, without script ($locale)', async ({ locale, viewport, said }) => {
  const luz = people[locale]!
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await page.context().addCookies([{ name: 'altavoz', value: luz.token, url: house.origin }])
  const open = async (name: string) => {
    await page.goto(`${house.origin}/desk/account`)
    await page.locator(`main a[href="/desk/account/${name}"]`).click()
    await axeFindsNothing(page, name)
  }
  const press = () => page.locator('main form button').click()
  const prove = async (password: string, code: string) => {
    await page.fill('#present', password)
    await page.fill('#proof', code)
  }

  await open('name')
  await page.fill('#called', ' ')
  await press()
  expect(await page.locator('#called').getAttribute('aria-invalid')).toBe('true')
  await page.fill('#called', 'Sol')
  await page.selectOption('#lang', locale)
  await press()
  expect(await page.getByRole('status').innerText()).toBe(said.saved)
  expect(await page.inputValue('#called')).toBe('Sol')
  await axeFindsNothing(page, 'saved')

  await open('password')
  await prove(PASSWORD, luz.recoveryCode)
  await page.fill('#password', 'short')
  await press()
  expect(await page.locator('#password-bad').innerText()).toContain(said.short)
  await prove('another password', luz.recoveryCode)
  await page.fill('#password', NEXT)
  await press()
  expect(await page.getByRole('alert').innerText()).toContain(said.wrong)
  await axeFindsNothing(page, 'a wrong password')
  await prove(PASSWORD, luz.recoveryCode)
  await page.fill('#password', NEXT)
  await press()
  expect(await page.getByRole('status').innerText()).toContain(said.password)

  await open('key')
  await prove(NEXT, codeOf(luz.key, now()))
  await press()
  const key = (await page.locator('.key').innerText()).replaceAll(' ', '')
  expect(key).not.toBe(luz.key)
  await axeFindsNothing(page, 'the new key')
  expect((await page.request.get(`${house.origin}/desk/account/key/key.png`)).headers()['content-type']).toBe('image/png')
  await page.fill('#code', 'abc')
  await press()
  expect(await page.locator('#code').getAttribute('aria-invalid')).toBe('true')
  await page.fill('#code', codeOf(key, now()))
  await press()
  expect(await page.getByRole('status').innerText()).toContain(said.key)
  await axeFindsNothing(page, 'the new key is hers')

  await open('codes')
  // The code of the next half minute, which is taken too: the present one brought the key.
  await prove(NEXT, codeOf(key, now().add({ seconds: 30 })))
  await press()
  expect(await page.locator('h1').innerText()).toBe(said.codes)
  expect(await page.locator('.codes li').count()).toBe(10)
  await axeFindsNothing(page, 'new codes')
  await page.goto(`${house.origin}/desk/account`)
  expect(await page.locator('main').innerText(), 'and her name is the new one').toContain('Sol')
  await axeFindsNothing(page, 'the account')
  expect(strays).toEqual([])
  await close()
}, 240_000)

test('the desk speaks the language that she chose, whatever her browser asks for', async () => {
  const { page, close } = await visit(browser, house.origin, { locale: 'en' })
  await page.context().addCookies([{ name: 'altavoz', value: people['en']!.token, url: house.origin }])
  await page.goto(`${house.origin}/desk/account/name`)
  await page.selectOption('#lang', 'ht')
  await page.locator('main form button').click()
  expect(await page.locator('html').getAttribute('lang')).toBe('ht')
  await page.goto(`${house.origin}/desk`)
  expect(await page.locator('html').getAttribute('lang')).toBe('ht')
  await close()
})
