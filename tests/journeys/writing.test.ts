// An editor begins a text from a Word file, saves it without script, settles what a colleague changed meanwhile, and begins a
// translation. With script, nothing that she typed is lost: not by a dropped line, a killed server, an ended session or a closed tab.
import { Document, HeadingLevel, Packer, Paragraph } from 'docx'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
let beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

const organisation = await act(beside, async (tx) => {
  const added = await addOrganisation(tx, 'flores', { texts: { es: { name: 'Flores', shortName: null, about: '' }, en: { name: 'Flores', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  return added.id
})
const person = (name: string, lang: string, duty: 'editor' | 'translator' = 'editor', forLang: string | null = null) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId: organisation, lang: forLang })
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const as = async ({ cookie }: DeskPerson, locale: string, viewport = PHONE, javaScriptEnabled = false) => {
  const visited = await visit(browser, house.origin, { locale, viewport, javaScriptEnabled })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  // Here in plain text; `editor.test.ts` walks through the other way of writing.
  await visited.page.context().addInitScript(() => localStorage.setItem('writing-plain', ''))
  return visited
}
const newest = (path: string) => {
  const [id, lang] = path.split('?')[0]!.split('/').slice(-2) as [string, string]
  return findRevision(beside.db.read, id, lang)
}
const pathOf = (page: Page) => new URL(page.url()).pathname
const statusOf = (page: Page) => page.getByRole('status').allInnerTexts().then((texts) => texts.join(' '))

const wordFile = async () => ({
  name: 'Nota de prensa (María).docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: await Packer.toBuffer(new Document({ creator: 'María Pérez', sections: [{ children: [
    new Paragraph({ text: 'Lo que pedimos', heading: HeadingLevel.TITLE }), new Paragraph('Pedimos tres cosas a los Estados.'), new Paragraph({ text: 'La ley', heading: HeadingLevel.HEADING_1 }), new Paragraph('Que la ley proteja.'),
  ] }] })),
})

test.each(walked([
  { locale: 'es', viewport: PHONE, begin: 'Empezar a escribir', save: 'Guardar', look: 'Vista previa', begun: 'está a tu cargo', saved: 'Guardado. Quienes leen', same: 'Nada había cambiado', joined: 'Otra persona había guardado', settle: '1 parte por resolver', keep: 'Guardar así', again: 'Guardar', titled: 'Ponle un título', docx: 'Solo se lee', hint: 'no usamos esta palabra', notYours: 'Puedes leer el texto en este idioma', badDate: 'Esta fecha no se puede leer', stated: 'Guardado.', find: 'Palabras de un título' },
  { locale: 'en', viewport: DESKTOP, begin: 'Begin writing', save: 'Save', look: 'Preview', begun: 'you keep it', saved: 'Saved. Readers see', same: 'Nothing had changed', joined: 'Somebody else had saved', settle: '1 passage to settle', keep: 'Save like this', again: 'Keep', titled: 'Give it a title', docx: 'Only a Word file', hint: 'we do not use this word', notYours: 'You can read the text in this language', badDate: 'This is no date', stated: 'Saved.', find: 'Words of a title' },
]))('a text is begun, written, joined, settled and translated without script ($locale)', async ({ locale, viewport, ...said }) => {
  const [ana, rosa, mirlande] = [await person(`ana-${locale}`, locale), await person(`rosa-${locale}`, locale), await person(`mirlande-${locale}`, locale, 'translator', 'ht')]
  const hers = await as(ana, locale, viewport)
  const { page } = hers
  await page.goto(`${house.origin}/desk/media/new`)
  await page.getByRole('button', { name: said.begin }).click()
  expect(await page.locator('main').innerText()).toContain(said.titled)
  await axeFindsNothing(page, 'a new text')
  await page.locator('[name=lang]').selectOption('es')
  await page.locator('[name=file]').setInputFiles({ name: 'notas.odt', mimeType: 'application/vnd.oasis.opendocument.text', buffer: Buffer.from('PK') })
  await page.getByRole('button', { name: said.begin }).click()
  expect(await page.locator('main').innerText()).toMatch(new RegExp(said.docx.replace('Solo se', 'Aquí solo se').replace('Only a', 'Only a'), 'i'))
  expect(await page.locator('[name=lang]').inputValue(), 'what was chosen is kept').toBe('es')
  await page.locator('[name=file]').setInputFiles(await wordFile())
  await page.getByRole('button', { name: said.begin }).click()
  expect(await statusOf(page)).toContain(said.begun)
  const path = pathOf(page)
  const first = (await newest(path))!
  expect(first).toMatchObject({ title: 'Lo que pedimos', bodyMarkdown: expect.stringContaining('# La ley') })
  expect(JSON.stringify(first), 'whose file it was stays out').not.toMatch(/María|Pérez/)

  // Untouched, nothing is written; a preview neither.
  await page.getByRole('button', { name: said.save, exact: true }).first().click()
  expect(await statusOf(page)).toContain(said.same)
  await page.locator('[name=teaser]').fill('Tres cosas, y quién decide.')
  await page.locator('[name=body]').fill(`${first.bodyMarkdown}\n\nLas prostitutas votan.`)
  await page.getByRole('button', { name: said.look }).click()
  expect(await page.locator('aside').first().innerText()).toContain('Que la ley proteja.')
  expect(await page.locator('main').innerText()).toContain(said.hint)
  expect((await newest(path))!.id).toBe(first.id)
  await axeFindsNothing(page, 'a text with its preview')
  await page.locator('[name=body]').fill(`${first.bodyMarkdown}\n\nQuienes trabajan votan.`)
  await page.getByRole('button', { name: said.save, exact: true }).first().click()
  expect(await statusOf(page)).toContain(said.saved)

  // Rosa opens it, Ana saves, Rosa saves: elsewhere it is joined, in one place it is asked.
  const others = await as(rosa, locale, viewport)
  await others.page.goto(`${house.origin}/desk/media`)
  await others.page.getByRole('link', { name: 'Lo que pedimos' }).first().click()
  await others.page.locator('[name=title]').fill('Lo que la Alianza pide')
  await page.locator('[name=body]').fill((await newest(path))!.bodyMarkdown.replace('votan', 'votan y deciden'))
  await page.getByRole('button', { name: said.save, exact: true }).first().click()
  await others.page.getByRole('button', { name: said.save, exact: true }).first().click()
  expect(await statusOf(others.page)).toContain(said.joined)
  expect(await newest(path)).toMatchObject({ title: 'Lo que la Alianza pide', bodyMarkdown: expect.stringContaining('votan y deciden') })
  await page.locator('[name=title]').fill('Lo que pide Flores')
  await page.getByRole('button', { name: said.save, exact: true }).first().click()
  expect(await page.locator('main').innerText()).toContain(said.settle)
  expect(await page.locator('main').innerText()).toContain(`rosa-${locale}`)
  await axeFindsNothing(page, 'a conflict')
  await page.locator('[name="third.0"]').fill('Lo que piden la Alianza y Flores')
  await page.getByRole('button', { name: said.keep }).click()
  expect((await newest(path))!.title).toBe('Lo que piden la Alianza y Flores')

  // What it is about: a bad date keeps what was typed.
  await page.goto(house.origin + path)
  await page.locator('[name=when]').fill('3 de diciembre')
  await page.locator('[name=places]').fill('Paraguay')
  await page.locator('form[action^="?/facts"] button').click()
  expect(await page.locator('main').innerText()).toContain(said.badDate)
  expect([await page.locator('[name=when]').inputValue(), await page.locator('[name=places]').inputValue()]).toEqual(['3 de diciembre', 'Paraguay'])
  await page.locator('[name=when]').fill('2026-12-03')
  await page.locator('[name=dateOf]').selectOption('happened')
  await page.locator('form[action^="?/facts"] button').click()
  expect((await newest(path))!.frozen).toMatchObject({ when: '2026-12-03', dateOf: 'happened', regions: [{ place: 'PY' }] })

  // The translator writes her language beside the source, and reads the others.
  const translates = await as(mirlande, locale, viewport)
  await translates.page.goto(house.origin + path)
  expect(await translates.page.locator('main').innerText()).toContain(said.notYours)
  expect(await translates.page.locator('textarea').count()).toBe(0)
  await translates.page.goto(house.origin + path.replace(/es$/, 'ht'))
  expect(await translates.page.locator('aside[aria-labelledby=source]').innerText()).toContain('Que la ley proteja.')
  await translates.page.locator('[name=title]').fill('Sa nou mande')
  await translates.page.locator('[name=body]').fill('Nou mande twa bagay.')
  await translates.page.getByRole('button', { name: said.save, exact: true }).first().click()
  expect(await newest(path.replace(/es$/, 'ht'))).toMatchObject({ title: 'Sa nou mande', frozen: { when: '2026-12-03' } })
  await axeFindsNothing(translates.page, 'a translation')

  await page.goto(`${house.origin}/desk/media?q=Flores`)
  expect(await page.locator('tbody').innerText()).toContain('Lo que piden la Alianza y Flores')
  await axeFindsNothing(page, 'the list of texts')
  expect([...hers.strays, ...others.strays, ...translates.strays]).toEqual([])
  await Promise.all([hers.close(), others.close(), translates.close()])
}, 180_000)

test('with script, nothing typed is lost: a colleague is seen, a tab closes, the line drops, the server is killed, the session ends', async () => {
  const [ana, rosa] = [await person('ana-script', 'es'), await person('rosa-script', 'es')]
  const hers = await as(ana, 'es', DESKTOP, true)
  const { page } = hers
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${house.origin}/desk/media/new`)
  await page.locator('[name=title]').fill('Nada se pierde')
  await page.getByRole('button', { name: 'Empezar a escribir' }).click()
  const path = pathOf(page)
  const body = page.locator('[name=body]')
  const kept = page.locator('#kept')

  await body.fill('Uno.')
  await expect.poll(() => kept.innerText()).toContain('Conservado para ti')
  const rosas = await as(rosa, 'es', DESKTOP, true)
  await rosas.page.goto(house.origin + path)
  await expect.poll(() => rosas.page.locator('#there').innerText()).toContain('ana-script')
  expect(await rosas.page.locator('[name=body]').inputValue(), 'what is not saved is hers alone').toBe('')

  // She closes the tab in the middle of a word.
  await body.fill('Uno. Do')
  await page.close()
  const again = await hers.page.context().newPage()
  again.on('pageerror', (error) => faults.push(String(error)))
  await again.goto(house.origin + path)
  expect(await again.locator('[name=body]').inputValue()).toBe('Uno. Do')

  // The line drops; the browser is left; it comes back.
  await again.context().setOffline(true)
  await again.locator('[name=body]').fill('Uno. Dos, sin línea.')
  await expect.poll(() => again.locator('#kept').innerText()).toContain('Sin conexión')
  await again.context().setOffline(false)
  await expect.poll(() => again.locator('#kept').innerText()).toContain('Conservado para ti')

  // The server is killed while she types, and comes back.
  await house.kill()
  await again.locator('[name=body]').fill('Uno. Dos. Tres, sin servidor.')
  await expect.poll(() => again.locator('#kept').innerText()).toContain('Sin conexión')
  await beside.close()
  await house.startAgain()
  beside = await openHouseDatabase(house.dataDir)
  await expect.poll(() => again.locator('#kept').innerText(), { timeout: 30_000 }).toContain('Conservado para ti')

  // The session ends: what she typed waits on this device until she is back.
  const context = again.context()
  const cookies = await context.cookies()
  await context.clearCookies()
  await again.locator('[name=body]').fill('Uno. Dos. Tres. Cuatro, sin sesión.')
  await expect.poll(() => again.locator('#kept').innerText()).toContain('La sesión terminó')
  await again.reload()
  expect(pathOf(again)).toBe('/desk/sign-in')
  await context.addCookies(cookies)
  await again.goto(house.origin + path)
  expect(await again.locator('[name=body]').inputValue()).toBe('Uno. Dos. Tres. Cuatro, sin sesión.')
  await again.getByRole('button', { name: 'Guardar', exact: true }).first().click()
  await again.waitForURL(/saved=/)
  expect((await newest(path))!.bodyMarkdown).toBe('Uno. Dos. Tres. Cuatro, sin sesión.')
  expect(await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('typed:'))), 'saved, nothing stays on the device').toEqual([])
  expect(faults).toEqual([])
  await Promise.all([hers.close(), rosas.close()])
}, 180_000)

test('every stored body opens and saves untouched: no byte changes and no revision is made', async () => {
  const steward = await act(beside, (tx) => addDeskPerson(tx, 'steward-bytes', 'steward'))
  const before = await beside.db.read.selectFrom('revision').select(['id', 'itemId', 'lang', 'bodyMarkdown']).distinctOn(['itemId', 'lang']).orderBy('itemId').orderBy('lang').orderBy('number', 'desc').execute()
  expect(before.length).toBeGreaterThan(20)
  const hers = await as(steward, 'es', DESKTOP)
  for (const { itemId, lang } of before) {
    await hers.page.goto(`${house.origin}/desk/media/${itemId}/${lang}`)
    await hers.page.locator('#writing button[data-key=e]').click()
    expect(await statusOf(hers.page), `${itemId} ${lang}`).toContain('Nothing had changed')
  }
  const after = await beside.db.read.selectFrom('revision').select(['id', 'itemId', 'lang', 'bodyMarkdown']).distinctOn(['itemId', 'lang']).orderBy('itemId').orderBy('lang').orderBy('number', 'desc').execute()
  expect(after).toEqual(before)
  await hers.close()
}, 300_000)
