// A steward invites a delegate, the delegate comes in on a phone and finds what is hers, and later her access ends at once.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink, PASSWORD } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

const path = (page: Page) => new URL(page.url()).pathname

test.each(walked([
  { locale: 'es', viewport: PHONE, make: 'Crear el enlace', choose: 'Elige la organización', sure: 'Primero marca la casilla', end: 'Quitar el acceso ahora', gone: 'El acceso terminó', final: 'Un enlace anulado no se puede recuperar', later: 'elegir las cifras más tarde', easy: 'se adivinan primero', again: 'Escribe otra vez las seis cifras', has: 'Ya elegiste unas' },
  { locale: 'en', viewport: DESKTOP, make: 'Make the link', choose: 'Choose the organisation', sure: 'Tick the box first', end: 'End access now', gone: 'The access has ended', final: 'A cancelled link cannot be brought back', later: 'choose the digits later', easy: 'guessed first', again: 'Write the six digits in both fields once more', has: 'You have chosen some already' },
]))('a steward invites, and ends access, without script ($locale)', async ({ locale, viewport, make, choose, sure, end, gone, final, later, easy, again, has }) => {
  await house.altavoz('organisation', 'add', `Organisation ${locale}`)
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `steward-${locale}`)
  await page.goto(`${house.origin}/desk`)
  await page.locator('nav a[href="/desk/people"]').click()
  await axeFindsNothing(page, 'people')

  await page.getByRole('button', { name: make }).click()
  expect(await page.locator('#organisation-bad').innerText()).toContain(choose)
  expect(await page.locator('.made').count()).toBe(0)
  await page.selectOption('#organisation', { label: `Organisation ${locale}` })
  await page.getByRole('button', { name: make }).click()
  const link = await page.locator('.made code').innerText()
  expect(await page.locator('.made svg title').count(), 'a phone can read it').toBe(1)
  expect(await (await fetch(`${house.origin}/desk/people`, { headers: { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') } })).text(), 'it is shown once').not.toContain(link)

  await page.goto(`${house.origin}/desk/people`)
  expect(await page.locator('main').innerText(), 'said before she cancels').toContain(final)

  const hers = await visit(browser, house.origin, { locale, viewport: PHONE })
  await hers.page.goto(link)
  expect(await hers.page.locator('main').innerText(), 'what the digits are for, and that they can wait').toContain(later)
  const digits = async (pin: string) => { await hers.page.fill('#pin', pin); await hers.page.fill('#pinAgain', pin) }
  const enter = () => hers.page.locator('[data-passkey-other] button').click()
  await hers.page.fill('#called', `delegate-${locale}`)
  await hers.page.fill('#name', `delegate-${locale}`)
  await hers.page.fill('#password', PASSWORD)
  await hers.page.fill('#code', 'none')
  await digits('123456')
  await enter()
  expect(await hers.page.locator('#pin-bad').innerText()).toContain(easy)
  await axeFindsNothing(hers.page, 'the way in of a delegate, with digits to mend')
  await hers.page.fill('#password', PASSWORD)
  await hers.page.fill('#code', 'none')
  await digits('902514')
  await enter()
  expect(await hers.page.locator('#pin-bad').innerText(), 'nothing is wrong with them, and no page gives them back').toContain(again)
  expect([await hers.page.inputValue('#called'), await hers.page.inputValue('#pin'), await hers.page.inputValue('#pinAgain')]).toEqual([`delegate-${locale}`, '', ''])
  await enterByLink(hers.page, link, `delegate-${locale}`, '902514')
  await hers.page.goto(`${house.origin}/desk/account/pin`)
  expect(await hers.page.locator('main').innerText(), 'chosen as she came in').toContain(has)
  await hers.page.goto(`${house.origin}/desk/account`)
  expect(await hers.page.locator('main').innerText()).toContain(`Organisation ${locale}`)
  expect(await hers.page.locator('nav a[href="/desk/people"]').count(), 'no link to what is not hers').toBe(0)
  expect((await hers.page.goto(`${house.origin}/desk/people`))!.status()).toBe(404)

  await page.goto(`${house.origin}/desk/people`)
  await page.getByRole('link', { name: `delegate-${locale}` }).click()
  await page.getByRole('button', { name: end }).click()
  expect(await page.getByRole('status').innerText()).toContain(sure)
  await page.locator('[name=sure]').check()
  await page.getByRole('button', { name: end }).click()
  expect(await page.getByRole('status').innerText()).toContain(gone)
  await page.goto(`${house.origin}/desk/people`)
  expect(await page.locator('tr', { hasText: `delegate-${locale}` }).count()).toBe(0)
  await hers.page.goto(`${house.origin}/desk`)
  expect(path(hers.page), 'at once, on her phone too').toBe('/desk/sign-in')
  expect([...strays, ...hers.strays]).toEqual([])
  await hers.close()
  await close()
}, 120_000)
