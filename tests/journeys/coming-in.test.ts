// A steward comes in for the first time, leaves, comes back on a shared phone without her own, and leaves in a hurry.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { askRaw } from './raw-request.ts'

const { house, browser } = await houseAndBrowser()
const PASSWORD = 'cuatro palabras bien seguidas'
const now = () => Temporal.Now.instant()

const stewardLink = async () => /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0]
const cookies = async (page: Page) => page.context().cookies()

const PEOPLE = [
  { locale: 'es', viewport: PHONE, said: { enter: 'Entrar', desk: 'Ya los tengo: ir a la mesa de trabajo', waiting: 'Lo que tengo pendiente', closed: 'Abrir el sitio', account: 'Cuenta', out: 'Cerrar sesión', signIn: 'Iniciar sesión', panic: 'Cerrar sesión y limpiar este navegador', left: 'Tu sesión aquí está cerrada.', wrong: 'no corresponden', dead: 'Este enlace no deja entrar' } },
  { locale: 'en', viewport: DESKTOP, said: { enter: 'Come in', desk: 'I have them: to the desk', waiting: 'Waiting for me', closed: 'Open the site', account: 'Account', out: 'Sign out', signIn: 'Sign in', panic: 'Sign out and clear this browser', left: 'Your session here is closed.', wrong: 'do not fit', dead: 'This link lets nobody in' } },
] as const

test.each(PEOPLE)('a steward comes in by her link, and back with a recovery code on a shared phone, without script ($locale)', async ({ locale, viewport, said }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = await stewardLink()
  const looked = await fetch(link, { headers: { 'accept-language': locale } })
  expect(looked.status, 'a messenger looks first').toBe(200)
  expect(looked.headers.get('cache-control')).toBe('no-store')
  expect(looked.headers.get('x-robots-tag')).toContain('noindex')
  expect(looked.headers.get('referrer-policy')).toBe('same-origin')

  await page.goto(link)
  await axeFindsNothing(page, 'the way in')
  const key = (await page.locator('.key').innerText()).replaceAll(' ', '')
  await page.fill('#called', 'Luz')
  await page.fill('#name', `luz-${locale}`)
  await page.fill('#password', 'short')
  await page.fill('#code', codeOf(key, now()))
  await button(said.enter).click()
  expect(await page.locator('#password').getAttribute('aria-invalid')).toBe('true')
  expect(await page.inputValue('#called'), 'what was typed is kept').toBe('Luz')
  expect(await page.inputValue('#password'), 'but not the password').toBe('')
  await axeFindsNothing(page, 'the way in, with something to mend')
  await page.fill('#password', PASSWORD)
  await page.fill('#code', codeOf(key, now()))
  await button(said.enter).click()
  const codes = await page.locator('.codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  expect(await cookies(page)).toMatchObject([{ name: 'altavoz', httpOnly: true, sameSite: 'Lax', path: '/' }])
  await axeFindsNothing(page, 'the recovery codes')

  await page.getByRole('link', { name: said.desk }).click()
  expect(new URL(page.url()).pathname).toBe('/desk')
  expect(await page.locator('h1').innerText()).toBe(said.waiting)
  expect(await page.locator('.todo').innerText()).toContain(said.closed)
  await axeFindsNothing(page, 'the desk')
  const dead = await page.goto(link)
  expect(dead!.status()).toBe(404)
  expect(await page.locator('h1').innerText()).toBe(said.dead)
  await axeFindsNothing(page, 'a link that was used')

  await page.goto(`${house.origin}/desk/account`)
  expect(await page.locator('.plan').first().innerText()).toContain('Linux')
  await axeFindsNothing(page, 'the account')
  await button(said.out).click()
  expect(await cookies(page)).toEqual([])
  await page.goto(`${house.origin}/desk/account`)
  expect(new URL(page.url()).search, 'she is asked to sign in, and comes back to where she was').toBe('?next=%2Fdesk%2Faccount')
  await axeFindsNothing(page, 'sign-in')

  await page.fill('#name', `LUZ-${locale}`)
  await page.fill('#password', 'another password')
  await page.fill('#code', codes[0]!)
  await button(said.signIn).click()
  expect(await page.getByRole('alert').innerText()).toContain(said.wrong)
  await axeFindsNothing(page, 'sign-in that did not fit')
  await page.fill('#password', PASSWORD)
  await page.fill('#code', codes[0]!)
  await page.check('[name=shared]')
  await button(said.signIn).click()
  expect(new URL(page.url()).pathname).toBe('/desk/account')
  expect((await cookies(page))[0]?.expires, 'it ends with the browser').toBe(-1)

  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().endsWith('/desk/leave')), button(said.panic).click()])
  expect(await answer.headerValue('clear-site-data')).toBe('"cache", "cookies", "storage"')
  expect(await page.locator('main').innerText()).toContain(said.left)
  await axeFindsNothing(page, 'after leaving in a hurry')
  await page.goto(`${house.origin}/desk`)
  expect(new URL(page.url()).pathname).toBe('/desk/sign-in')
  expect(strays).toEqual([])
  await close()
}, 180_000)

test('a used, an old, a cut and an invented link answer with the same bytes', async () => {
  const old = await stewardLink()
  await stewardLink()
  const bodies = await Promise.all([old, old.slice(0, -4), `${house.origin}/desk/in/x`].map(async (address) => {
    const answer = await fetch(address)
    expect(answer.status, address).toBe(404)
    return answer.text()
  }))
  expect(new Set(bodies).size).toBe(1)
})

test('the key’s picture is for who holds the link, and no page or picture of the desk is kept', async () => {
  const link = await stewardLink()
  const picture = await fetch(`${link}/key.png`)
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect(picture.headers.get('cache-control')).toBe('no-store')
  expect((await fetch(`${link}x/key.png`)).status).toBe(404)
})

test('a form that another site sends is turned away', async () => {
  for (const origin of ['https://evil.example', 'null', undefined]) {
    const answer = await fetch(`${house.origin}/desk/sign-in`, { method: 'POST', body: new URLSearchParams({ name: 'a' }), headers: origin ? { origin } : {}, redirect: 'manual' })
    expect(answer.status, origin).toBe(403)
  }
})

test('leaving in a hurry clears the browser, also of who is signed out already', async () => {
  const answer = await askRaw(house.origin, '/desk/leave', { origin: house.origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, 'POST')
  expect(answer.header('clear-site-data')).toBe('"cache", "cookies", "storage"')
})
