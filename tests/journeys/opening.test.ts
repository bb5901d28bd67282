// A steward opens the house: names it, writes a page, decides on texts that came with the program, opens it and closes it again.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

const enter = async (page: Page, name: string) => enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], name)
const read = async (path: string) => {
  const answer = await fetch(house.origin + path, { redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

test.each(walked([
  { locale: 'es', viewport: PHONE, name: 'Alianza de prueba', keep: 'Guardar', closed: 'todavía', wrong: 'No es un color', meanwhile: 'Alguien cambió esto', noName: 'todavía no tiene nombre', notSure: 'Primero marca la casilla', own: 'con palabras propias' },
  { locale: 'en', viewport: DESKTOP, name: 'Test alliance', keep: 'Save', closed: 'not open yet', wrong: 'This is no colour', meanwhile: 'Somebody changed this meanwhile', noName: 'no name here yet', notSure: 'Tick the box first', own: 'in your own words' },
]))('a steward opens the house and closes it again, without script ($locale)', async ({ locale, viewport, name, keep, closed, wrong, meanwhile, noName, notSure, own }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enter(page, `opener-${locale}`)
  const isFirst = locale === 'es'
  const text = () => page.locator('main').innerText()

  await page.goto(`${house.origin}/desk`)
  await page.locator('main a[href="/desk/opening"]').click()
  await axeFindsNothing(page, 'opening')
  await page.locator('aside button').click()
  expect(await page.getByRole('alert').innerText()).toContain(notSure)
  if (isFirst) {
    await page.locator('aside [name=sure]').check()
    await page.locator('aside button').click()
    expect(await page.getByRole('alert').innerText()).toContain(noName)
    expect((await read('/es/')).text).toContain(closed)
  }

  await page.goto(`${house.origin}/desk/settings`)
  await axeFindsNothing(page, 'settings')
  await page.fill(`[name="name.${locale}"]`, name)
  await page.fill(`[name="short_name.${locale}"]`, name)
  await page.fill('#colour', 'rojo')
  await page.getByRole('button', { name: keep }).click()
  expect(await page.locator('#colour-bad').innerText()).toContain(wrong)
  expect(await page.inputValue(`[name="name.${locale}"]`), 'what was typed is kept').toBe(name)
  await axeFindsNothing(page, 'settings that need mending')
  await house.altavoz('site', 'set', 'colour', isFirst ? '#222222' : '#333333')
  await page.fill('#colour', isFirst ? '#111111' : '#444444')
  await page.getByRole('button', { name: keep }).click()
  expect(await page.locator('#colour-bad').innerText()).toContain(meanwhile)
  expect((await read(`/${locale}/`)).text, 'nothing of it was saved').not.toContain(name)
  await page.getByRole('button', { name: keep }).click()
  expect((await read(`/${locale}/`)).text, 'at once').toContain(name)

  await page.goto(`${house.origin}/desk/settings/pages`)
  await axeFindsNothing(page, 'fixed pages')
  await page.locator(`a[href="/desk/settings/pages/about/${locale}"]`).click()
  await page.fill('#title', name)
  await page.fill('#body', 'Uno & **dos**.\n\n<script>alert(1)</script>')
  await page.locator('[formaction]').click()
  expect(await page.locator('aside .prose strong').innerText()).toBe('dos')
  expect(await page.locator('aside script').count()).toBe(0)
  await axeFindsNothing(page, 'preview')
  expect((await read(`/${locale}/about`)).text, 'a preview saves nothing').not.toContain('<strong>dos</strong>')
  await page.getByRole('button', { name: keep }).click()
  const about = (await read(`/${locale}/about`)).text
  expect([about.includes('<strong>dos</strong>'), about.includes('<script>alert')]).toEqual([true, false])
  await page.goto(`${house.origin}/desk/settings/pages`)
  expect(await text()).toContain(own)

  await page.goto(`${house.origin}/desk/opening`)
  // The second steward decides on the texts that the first one left.
  const open = page.locator('fieldset.choice', { has: page.locator('input[name^="drawn."][value=""]') })
  const [adopted, kept, removed] = [open.nth(0), open.nth(1), open.nth(2)]
  expect(await page.locator('fieldset.choice').nth(11).locator('input:checked').count(), 'none is chosen for her').toBe(0)
  const pathOf = async (one: typeof adopted) => (await one.locator('legend a').getAttribute('href'))!
  const paths = { adopted: await pathOf(adopted), kept: await pathOf(kept), removed: await pathOf(removed) }
  await adopted.locator('[value=adopt]').check()
  await kept.locator('[value=keep]').check()
  await removed.locator('[value=remove]').check()
  await page.locator('form[action="?/choose"] button').click()
  const adoptedPage = await read(paths.adopted)
  expect([adoptedPage.text.includes('class="ex"'), adoptedPage.text.includes('Altavoz starter library')], 'no mark, and the same signer').toEqual([false, true])
  expect((await read(paths.kept)).text).toContain('class="ex"')
  expect((await read(paths.removed)).status, 'a house that was open says so').toBe(isFirst ? 404 : 410)

  await page.locator('aside [name=sure]').check()
  await page.locator('aside button').click()
  expect((await read(`/${locale}/`)).text, 'open, at once').not.toContain('class="shut"')
  await axeFindsNothing(page, 'opened')
  await page.locator('aside [name=sure]').check()
  await page.locator('aside button').click()
  expect((await read(`/${locale}/`)).text).toContain('class="shut"')
  expect(strays).toEqual([])
  await close()
}, 180_000)
