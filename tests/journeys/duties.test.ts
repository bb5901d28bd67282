// A steward looks for somebody, gives her a further duty, ends it and gives it back, on a phone and without script.
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

test.each(walked([
  { locale: 'es', viewport: PHONE, make: 'Crear el enlace', find: 'Buscar', nobody: 'Aquí no hay nadie así', give: 'Dar la función', held: 'ya tiene esa función', given: 'La función está dada', end: 'Terminar esta función: traducción', ended: 'La función terminó', back: 'Darla otra vez', duty: 'traducción: Organisation es, portugués' },
  { locale: 'en', viewport: DESKTOP, make: 'Make the link', find: 'Find', nobody: 'Nobody is like this here', give: 'Give the duty', held: 'has that duty already', given: 'The duty is given', end: 'End this duty: translator', ended: 'The duty has ended', back: 'Give it again', duty: 'translator: Organisation en, Portuguese' },
]))('a further duty is given, ended and given back ($locale)', async ({ locale, viewport, make, find, nobody, give, held, given, end, ended, back, duty }) => {
  await house.altavoz('organisation', 'add', `Organisation ${locale}`)
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `steward-${locale}`)
  await page.goto(`${house.origin}/desk/people`)
  await page.selectOption('#organisation', { label: `Organisation ${locale}` })
  await page.getByRole('button', { name: make }).click()
  const hers = await visit(browser, house.origin, { locale, viewport: PHONE })
  await enterByLink(hers.page, await page.locator('.made code').innerText(), `delegate-${locale}`)
  const herDuties = async () => (await hers.page.goto(`${house.origin}/desk/account`), hers.page.locator('main').innerText())
  expect(await herDuties()).not.toContain(duty)

  await page.goto(`${house.origin}/desk/people`)
  const finds = async (q: string) => (await page.fill('#q-find', q), page.getByRole('button', { name: find, exact: true }).click())
  await finds('no such person')
  expect(await page.locator('main').innerText()).toContain(nobody)
  expect(await page.inputValue('#q-find'), 'what was asked is kept').toBe('no such person')
  await finds(`DELEGATE-${locale}`)
  await axeFindsNothing(page, 'people, narrowed')
  await page.getByRole('link', { name: `delegate-${locale}` }).click()

  await page.selectOption('#organisation', { label: `Organisation ${locale}` })
  await page.getByRole('button', { name: give }).click()
  expect(await page.getByRole('status').innerText()).toContain(held)
  await page.selectOption('#duty', 'translator')
  await page.selectOption('#organisation', { label: `Organisation ${locale}` })
  await page.selectOption('#lang', 'pt')
  await page.getByRole('button', { name: give }).click()
  expect(await page.getByRole('status').innerText()).toContain(given)
  expect(await herDuties(), 'from her next click').toContain(duty)
  await page.getByRole('button', { name: end }).click()
  expect(await page.getByRole('status').innerText()).toContain(ended)
  await axeFindsNothing(page, 'person')
  expect(await herDuties()).not.toContain(duty)
  await page.getByRole('button', { name: back }).click()
  expect(await herDuties()).toContain(duty)
  expect([...strays, ...hers.strays]).toEqual([])
  await hers.close()
  await close()
}, 120_000)
