// A steward comes in by a passkey, comes back with it, makes a second one and ends the first. Chromium's own authenticator keeps them.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { authenticator } from './authenticator.ts'
import { axe, DESKTOP, PHONE } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { askRaw } from './raw-request.ts'

const { house, browser } = await houseAndBrowser()
const stewardLink = async () => /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0]

async function opened(viewport: { width: number; height: number }, locale: string) {
  const context = await browser.newContext({ javaScriptEnabled: true, viewport, locale })
  const page = await context.newPage()
  const complaints: string[] = []
  // Whatever the policy stops is told here; that something typed is to be mended is told too, and is meant.
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !message.text().includes('status of 400')) complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(error.message))
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  return { context, page, complaints, cdp }
}
/** axe is put in by the debugger, which no policy of the page stops. */
async function isWhole(page: Page, where: string) {
  expect(await axe(page), where).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} is no wider than its window`).toBe(true)
}

const PEOPLE = [
  { locale: 'es', viewport: PHONE, said: { makeIn: 'Crear una llave de acceso y entrar', signIn: 'Iniciar sesión con una llave de acceso', out: 'Cerrar sesión', make: 'Agregar una llave de acceso', end: 'Quitar la llave de acceso: Chrome, Linux', change: 'Renombrar o quitar: Chrome, Linux', dies: 'ya no abrirá nada', last: 'única forma de entrar', ended: 'La llave de acceso está quitada.', failed: 'No llegó ninguna llave de acceso.' } },
  { locale: 'en', viewport: DESKTOP, said: { makeIn: 'Make a passkey and come in', signIn: 'Sign in with a passkey', out: 'Sign out', make: 'Add a passkey', end: 'Remove the passkey: Chrome, Linux', change: 'Rename or remove: Chrome, Linux', dies: 'opens nothing any more', last: 'only way to come in', ended: 'The passkey is removed.', failed: 'No passkey came.' } },
] as const

test.each(PEOPLE)('a steward comes in by a passkey, comes back by it, adds one and ends one ($locale)', async ({ locale, viewport, said }) => {
  const { context, page, complaints, cdp } = await opened(viewport, locale)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const first = await authenticator(cdp)
  await page.goto(await stewardLink())
  expect(await page.locator('[data-passkey-part]').innerText()).toContain(said.dies)
  expect(await page.locator('#password').isVisible(), 'passkeys first: the other way is folded').toBe(false)
  await isWhole(page, 'the way in')
  await page.fill('#called', 'Luz')
  await page.fill('#name', 'x')
  await button(said.makeIn).click()
  await page.waitForSelector('#name[aria-invalid=true]')
  expect(await page.inputValue('#called'), 'what was typed is kept').toBe('Luz')
  expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: first })).credentials, 'no passkey for a name that is to be mended').toEqual([])
  await page.fill('#name', `luz-${locale}`)
  await button(said.makeIn).click()
  await page.waitForSelector('.codes li')
  expect(await page.locator('.codes li').count()).toBe(10)

  await page.goto(`${house.origin}/desk/account`)
  await isWhole(page, 'the account')
  await page.locator('.keys summary').click()
  await button(said.end).click()
  expect(await page.getByRole('status').innerText()).toContain(said.last)
  await button(said.out).click()

  await page.goto(`${house.origin}/desk/sign-in?next=/desk/account`)
  await isWhole(page, 'sign-in')
  await button(said.signIn).click()
  await page.waitForURL(`${house.origin}/desk/account`)

  // A second device. The first is away, or the browser would say that it has one of hers already.
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first })
  await authenticator(cdp)
  await page.fill('#label', 'segundo <b>')
  await button(said.make).click()
  await page.waitForFunction(() => document.querySelectorAll('.keys li').length === 2)
  expect(await page.locator('.keys li').nth(1).innerText()).toContain('segundo <b>')
  await page.locator('.keys summary').first().click()
  await button(said.end).click()
  expect(await page.getByRole('status').innerText()).toContain(said.ended)
  expect(await page.locator('.keys li').count()).toBe(1)
  await isWhole(page, 'the account with one passkey left')
  await button(said.out).click()
  await button(said.signIn).click()
  await page.waitForURL(`${house.origin}/desk`)
  expect(complaints).toEqual([])
  await context.close()
}, 180_000)

test('a delegate who comes in by a passkey chooses her six digits too, and none is made while they are to be mended', async () => {
  await house.altavoz('organisation', 'add', 'Organisation A')
  const steward = await opened(DESKTOP, 'en')
  await authenticator(steward.cdp)
  await steward.page.goto(await stewardLink())
  await steward.page.fill('#called', 'Ana')
  await steward.page.fill('#name', 'ana-inviting')
  await steward.page.getByRole('button', { name: 'Make a passkey and come in' }).click()
  await steward.page.waitForSelector('.codes li')
  await steward.page.goto(`${house.origin}/desk/people`)
  await steward.page.selectOption('#organisation', { label: 'Organisation A' })
  await steward.page.getByRole('button', { name: 'Make the link' }).click()
  const link = await steward.page.locator('.made code').innerText()
  await steward.context.close()

  const { context, page, complaints, cdp } = await opened(PHONE, 'en')
  const device = await authenticator(cdp)
  await page.goto(link)
  const digits = async (pin: string, again = pin) => { await page.fill('#pin', pin); await page.fill('#pinAgain', again) }
  await page.fill('#called', 'Luz')
  await page.fill('#name', 'luz-delegate')
  for (const [pin, again] of [['123123', '123123'], ['902514', '902541']] as const) {
    await digits(pin, again)
    await page.getByRole('button', { name: 'Make a passkey and come in' }).click()
    await page.waitForSelector('#pin[aria-invalid=true]')
    await isWhole(page, 'the way in, with digits to mend')
    expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: device })).credentials, 'no passkey for digits that are to be mended').toEqual([])
  }
  await digits('902514')
  await page.getByRole('button', { name: 'Make a passkey and come in' }).click()
  await page.waitForSelector('.codes li')
  await page.goto(`${house.origin}/desk/account/pin`)
  expect(await page.locator('main').innerText()).toContain('You have chosen some already.')
  expect(complaints).toEqual([])
  await context.close()
}, 120_000)

test('a device without a passkey, or a person who is not verified, is told so and changes nothing', async () => {
  const { context, page, cdp } = await opened(DESKTOP, 'en')
  const device = await authenticator(cdp)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: device, isUserVerified: false })
  await page.goto(await stewardLink())
  await page.fill('#called', 'Luz')
  await page.fill('#name', 'luz-unverified')
  await page.getByRole('button', { name: 'Make a passkey and come in' }).click()
  await page.waitForSelector('[data-passkey-failed]:not([hidden])')
  expect(await page.locator('[data-passkey-failed]').innerText()).toContain('No passkey came.')
  await isWhole(page, 'the way in, without a passkey')
  await context.close()
}, 60_000)

test('without script no word of passkeys stands where none can be made, and at a bare address the page says why', async () => {
  const bare = house.origin.replace('localhost', '127.0.0.1')
  const link = await stewardLink()
  const page = (await askRaw(bare, new URL(link).pathname, { 'accept-language': 'en' })).body.toString()
  expect(page).toContain('127.0.0.1 is only a number')
  expect(page).not.toContain('data-passkey=')
  const challenge = await askRaw(bare, '/desk/sign-in/challenge', { origin: bare, 'content-type': 'application/x-www-form-urlencoded' }, 'POST', '')
  expect(challenge.status).toBe(403)
})
