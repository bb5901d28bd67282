// A steward names whom journalists reach, changes it, is told what another wrote meanwhile, removes it and takes that back.
import { expect, test } from 'vitest'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const shown = async (lang: string) => (await fetch(`${house.origin}/${lang}/press`)).text()

test.each(walked([
  { locale: 'es', viewport: PHONE, phone: '+51 1 555 0100', same: '+51 (1) 5550100', wrong: 'con + y el código del país', taken: 'ya está en la lista', meanwhile: 'mientras tanto', removed: 'Ya no está', gone: 'eliminó este contacto' },
  { locale: 'en', viewport: DESKTOP, phone: '+1 809 555 0100', same: '+1 (809) 5550100', wrong: 'with + and its country', taken: 'in the list already', meanwhile: 'meanwhile', removed: 'is gone from', gone: 'removed this contact' },
]))('a steward names, changes and removes a press contact, without script ($locale)', async ({ locale, viewport, phone, same, wrong, taken, meanwhile, removed, gone }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `press-${locale}`)
  await page.goto(`${house.origin}/desk/settings`)
  await page.locator('main a[href="/desk/settings/press"]').click()
  await axeFindsNothing(page, 'no contact yet')
  const send = () => page.locator('aside form button').click()
  const tel = `tel:${phone.replace(/[^+\d]/g, '')}`

  await page.fill('#channel', '555 0100')
  await page.check('[name=day][value="2"]')
  await page.fill('#from', '9h')
  await send()
  expect(await page.locator('#channel-bad').innerText()).toContain(wrong)
  for (const bad of ['[id^="who."][id$="-bad"]', '#to-bad']) expect(await page.locator(bad).count(), bad).toBe(1)
  expect([await page.inputValue('#channel'), await page.inputValue('#from'), await page.isChecked('[name=day][value="2"]')], 'what was typed is kept').toEqual(['555 0100', '9h', true])
  await axeFindsNothing(page, 'a contact to mend')
  await page.fill('#channel', phone)
  await page.fill(`[name="who.${locale}"]`, 'Rosa, press <b>duty</b>')
  await page.check('[name=language][value=qu]')
  await page.fill('#to', '24:00')
  await send()
  await axeFindsNothing(page, 'a contact')
  const told = await shown(locale)
  expect(told).toContain(`href="${tel}"`)
  expect(told, 'no mark of hers is one of the page').toContain('Rosa, press &lt;b>duty')
  expect(told).toMatch(/quechua/i)

  await page.fill('#channel', same)
  await page.fill(`[name="who.${locale}"]`, 'Another')
  await send()
  expect(await page.locator('#channel-bad').innerText()).toContain(taken)
  expect(await house.altavoz('site', 'press', 'list'), 'nothing was merged').not.toContain('Another')

  await page.goto(`${house.origin}/desk/settings/press`)
  await page.getByRole('link', { name: phone }).click()
  expect(page.url(), 'no number stands in an address').toMatch(/\?contact=[0-9a-f]{16}#form$/)
  await page.fill(`[name="who.${locale}"]`, 'Hers')
  await house.altavoz('site', 'press', 'add', phone, '--who', 'Theirs', '--lang', locale)
  await send()
  expect(await page.locator('aside section').innerText()).toMatch(new RegExp(`${meanwhile}[^]*Theirs`))
  expect(await page.inputValue(`[name="who.${locale}"]`)).toBe('Hers')
  expect(await house.altavoz('site', 'press', 'list')).not.toContain('Hers')
  await axeFindsNothing(page, 'changed meanwhile')
  await send()
  expect(await shown(locale), 'she has seen it, and writes over it knowingly').toContain('Hers')

  const remove = () => page.locator('main form[action="?/remove"] button').click()
  await remove()
  expect(await page.getByRole('status').innerText()).toContain(removed)
  await axeFindsNothing(page, 'removed')
  expect(await shown(locale)).not.toContain(tel)
  await page.locator('.told button').click()
  expect(await shown(locale), 'it is back, whole').toMatch(new RegExp(`${tel.replace('+', '\\+')}[^]*Hers[^]*quechua`, 'i'))
  await page.getByRole('link', { name: phone }).click()
  await page.fill(`[name="who.${locale}"]`, 'Kept words')
  await house.altavoz('site', 'press', 'remove', phone)
  await send()
  expect(await page.locator('aside [role=alert]').innerText()).toContain(gone)
  expect(await page.inputValue(`[name="who.${locale}"]`)).toBe('Kept words')
  await send()
  expect(await shown(locale)).toContain('Kept words')
  await house.altavoz('site', 'press', 'remove', phone)
  expect(strays).toEqual([])
  await close()
}, 180_000)
