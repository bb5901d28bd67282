// A whole evening: a Word file becomes a statement, three organisations are asked, one agrees if a word changes, the difference is asked
// again; Spanish goes out signed by those who agreed, Portuguese after it, read by a second person, Kreyòl the next day at its hour; it is
// passed on, and corrected the next day.
import { Document, HeadingLevel, Packer, Paragraph } from 'docx'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { addOrganisation, recordAgreementToBeShown } from '#rooms/people/server/organisation-actions.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { startSession } from '#rooms/people/server/session-actions.ts'
import { sleepFor } from './a-day-later.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()
const PIN = '902514'
/** What a delegate on a prepaid line pays for an agreement, everything that it fetches together. */
const MOST_BYTES = 150_000

const organisation = (slug: string, name: string) => act(beside, async (tx) => {
  const words = { name, shortName: null, about: '' }
  const added = await addOrganisation(tx, slug, { texts: { es: words, pt: words, ht: words }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  await recordAgreementToBeShown(tx, added.id, 'operator', now())
  return added.id
})
const person = async (name: string, duty: 'editor' | 'delegate' | 'translator', organisationId: string, lang: string | null = null) => {
  const hash = await hashPassword(PIN)
  return act(beside, async (tx) => {
    const made = await addDeskPerson(tx, name, duty, { organisationId, lang })
    await tx.updateTable('person').set({ lang: 'es' }).where('id', '=', made.id).execute()
    if (duty === 'delegate') await writePin(tx, made.id, hash, now())
    return made
  })
}
const as = async ({ cookie }: DeskPerson) => {
  const visited = await visit(browser, house.origin, { locale: 'es', viewport: DESKTOP })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}

/** A delegate's telephone: what she taps and what it fetches. */
async function phone(link: string, javaScriptEnabled: boolean) {
  const visited = await visit(browser, house.origin, { locale: 'es', viewport: PHONE, javaScriptEnabled })
  let [taps, bytes] = [1, 0]
  const sizes: Promise<void>[] = []
  visited.page.on('requestfinished', (request) => sizes.push(request.sizes().then((size) => { bytes += size.responseBodySize + size.responseHeadersSize })))
  await visited.page.goto(link)
  return {
    ...visited,
    async answer(which: string) {
      await visited.page.click('#pin')
      await visited.page.keyboard.type(PIN)
      await visited.page.click(`button[value=${which}]`)
      taps += 2
    },
    async figures() {
      await Promise.all(sizes)
      return { taps, bytes }
    },
  }
}

const wordFile = async () => ({
  name: 'borrador.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: await Packer.toBuffer(new Document({ sections: [{ children: [
    new Paragraph({ text: 'Lo que la noche pide', heading: HeadingLevel.TITLE }), new Paragraph('Pedimos leyes que protejan.'), new Paragraph('Condenamos la trata de personas.'), new Paragraph('Nada se decide sin nosotras.'),
  ] }] })),
})

test('from a Word file to a signed statement in three languages, passed on, and corrected the next day', async () => {
  const home = await organisation('casa', 'Casa')
  const orgs = { a: await organisation('aurora', 'Aurora'), b: await organisation('brisa', 'Brisa'), c: await organisation('cumbre', 'Cumbre') }
  const editor = await person('editora', 'editor', home)
  for (const [name, id] of [['ana', orgs.a], ['bel', orgs.b], ['cata', orgs.c]] as const) await person(name, 'delegate', id)
  const [toPt, toHt] = [await person('lia', 'translator', home, 'pt'), await person('mirlande', 'translator', home, 'ht')]
  const desk = await as(editor)
  const { page } = desk
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  const said = async (at: Page = page) => (await at.getByRole('status').allInnerTexts()).join(' ')

  await page.goto(`${house.origin}/desk/media/new`)
  await page.locator('[name=file]').setInputFiles(await wordFile())
  await page.selectOption('[name=lang]', 'es')
  await press('Empezar a escribir')
  const path = new URL(page.url()).pathname
  const [item, id] = [path.replace(/\/es$/, ''), path.split('/')[3]!]
  await page.fill('[name=teaser]', 'Tres frases antes de la audiencia.')
  await press('Guardar')
  await page.fill('[name=when]', '2026-12-03')
  await page.fill('[name=places]', 'Paraguay')
  await page.locator('form[action^="?/facts"] button').click()

  // Three are asked; the links go out by any channel.
  const links: Record<string, string> = {}
  const ask = async (which: 'a' | 'b' | 'c', name: string) => {
    await page.goto(`${house.origin}${item}/agree`)
    const row = page.locator('.signers > li', { hasText: name })
    await row.locator('details').first().locator('summary').click()
    await row.locator('form[action="?/ask"] button').click()
    links[which] = await page.inputValue('#link')
  }
  await page.goto(`${house.origin}${item}/agree`)
  for (const which of ['a', 'b', 'c'] as const) {
    await page.selectOption('select[name=organisation]', orgs[which])
    await page.locator('form[action="?/add"] button').click()
  }
  for (const [which, name] of [['a', 'Aurora'], ['b', 'Brisa'], ['c', 'Cumbre']] as const) await ask(which, name)

  const ana = await phone(links.a!, true)
  await ana.answer('agreed')
  const figures = await ana.figures()
  console.info(`an agreement on a telephone: ${figures.taps} taps, the opening of the link included, ${figures.bytes} bytes`)
  expect(figures.taps).toBeLessThanOrEqual(3)
  expect(figures.bytes).toBeLessThanOrEqual(MOST_BYTES)
  expect(await said(ana.page)).toContain('está de acuerdo con este texto')
  const bel = await phone(links.b!, false)
  const piece = bel.page.locator('details', { has: bel.page.locator('textarea', { hasText: 'Condenamos' }) })
  await piece.locator('summary').click()
  await piece.locator('textarea').fill('Condenamos la trata de personas y el trabajo forzado.')
  await bel.answer('agreed-if')
  expect(await said(bel.page)).toContain('si se hacen tus cambios')

  // Nothing goes out while two have not agreed.
  await page.goto(`${house.origin}${item}/publish`)
  expect(await page.locator('main').innerText()).toContain('Faltan organizaciones')
  expect(await page.getByRole('button', { name: 'Publicar ahora' }).count()).toBe(0)

  // What Bel asked for is taken in, and both are asked again, with the difference alone.
  await page.goto(house.origin + path)
  await page.locator('[name=body]').fill((await page.locator('[name=body]').inputValue()).replace('trata de personas.', 'trata de personas y el trabajo forzado.'))
  await press('Guardar')
  for (const [which, name] of [['a', 'Aurora'], ['b', 'Brisa']] as const) {
    await ask(which, name)
    const again = await phone(links[which]!, which === 'a')
    expect(await again.page.locator('main').innerText()).toContain('Solo cambió esto')
    await again.answer('agreed')
    expect(await said(again.page)).toContain('está de acuerdo con este texto')
    await again.close()
  }
  // Cumbre does not answer, and is left out on record.
  await page.goto(`${house.origin}${item}/agree`)
  const row = page.locator('.signers > li', { hasText: 'Cumbre' })
  await row.locator('details', { has: page.locator('[name=why]') }).locator('summary').click()
  await row.locator('[name=why]').fill('Su asamblea es en enero.')
  await row.locator('form[action="?/leaveOut"] button').click()

  // Translators write beside the source; they publish nothing.
  for (const [who, lang, title, body] of [[toPt, 'pt', 'O que a noite pede', 'Pedimos leis que protejam.'], [toHt, 'ht', 'Sa lannwit la mande', 'Nou mande lwa ki pwoteje.']] as const) {
    const translates = await as(who)
    await translates.page.goto(`${house.origin}${item}/${lang}`)
    await translates.page.fill('[name=title]', title)
    await translates.page.fill('[name=body]', body)
    await translates.page.getByRole('button', { name: 'Guardar', exact: true }).first().click()
    expect(await said(translates.page)).toContain('Guardado')
    await translates.close()
  }

  const section = (lang: string) => page.locator(`#text-${lang}`)
  await page.goto(`${house.origin}${item}/publish`)
  expect(await section('pt').innerText()).toContain('Espera su segunda lectura')
  expect(await section('pt').getByRole('button', { name: 'Publicar ahora' }).count()).toBe(0)
  // Somebody who wrote none of it reads each beside its source.
  for (const lang of ['pt', 'ht']) {
    await page.goto(`${house.origin}${item}/${lang}/read`)
    await press('Está bien')
    expect(await said()).toContain('Registrado')
  }
  await page.goto(`${house.origin}${item}/publish`)
  for (const name of ['es', 'pt']) {
    await section(name).getByRole('button', { name: 'Publicar ahora' }).click()
    expect(await said()).toContain('Ya es público')
  }
  await section('ht').locator('summary', { hasText: 'Publicar a una hora' }).click()
  await section('ht').getByRole('button', { name: 'Programar' }).click()
  expect(await said()).toContain('Su hora quedó fijada')

  const reader = await visit(browser, house.origin, { locale: 'es', viewport: PHONE })
  await reader.page.goto(`${house.origin}/es/media/lo-que-la-noche-pide`)
  const read = await reader.page.locator('main').innerText()
  expect(read).toContain('y el trabajo forzado')
  expect([read.includes('Aurora'), read.includes('Brisa'), read.includes('Cumbre')]).toEqual([true, true, false])
  await reader.page.goto(`${house.origin}/pt/media/o-que-a-noite-pede`)
  expect(await reader.page.locator('main').innerText()).toContain('Aurora')
  const [early, never] = [await askRaw(house.origin, '/ht/media/sa-lannwit-la-mande', {}), await askRaw(house.origin, '/ht/media/sa-pa-janm-la', {})]
  expect([early.status, never.status]).toEqual([404, 404])
  expect(early.body.toString().replaceAll('sa-lannwit-la-mande', '')).toBe(never.body.toString().replaceAll('sa-pa-janm-la', ''))

  await page.goto(`${house.origin}${item}/es/share`)
  expect(await page.locator('textarea').first().inputValue()).toContain('*Lo que la noche pide*')
  expect((await askRaw(house.origin, '/es/media/lo-que-la-noche-pide/kit.zip', {})).status).toBe(200)

  // The next day, after the hour of the Kreyòl text: it stands there, with nobody having done anything.
  const { at } = await beside.db.transaction((tx) => tx.selectFrom('publication').select('publicFrom as at').where('itemId', '=', id).where('lang', '=', 'ht').executeTakeFirstOrThrow())
  await sleepFor(house, beside.db, now().until(at).add({ minutes: 10 }).round({ largestUnit: 'hours' }))
  expect((await askRaw(house.origin, '/ht/media/sa-lannwit-la-mande', {})).status).toBe(200)
  await reader.page.goto(`${house.origin}/ht/media/sa-lannwit-la-mande`)
  expect(await reader.page.locator('main').innerText()).toContain('Aurora')
  // Her session of yesterday has ended; she comes in anew.
  await page.goto(`${house.origin}${item}/publish`)
  expect(new URL(page.url()).pathname).toBe('/desk/sign-in')
  const session = await act(beside, (tx) => startSession(tx, editor.id, { sharedDevice: false, device: null }, now()))
  await page.context().addCookies([{ name: 'altavoz', value: session.token, url: house.origin }])
  await page.goto(`${house.origin}${item}/publish`)
  expect(await section('es').innerText()).not.toContain('Deshacer')
  await section('es').locator('summary', { hasText: 'Anotar una corrección' }).click()
  await section('es').locator('[name=note]').fill('La fecha de la audiencia es el 3 de diciembre.')
  await section('es').getByRole('button', { name: 'Agregar la nota' }).click()
  await reader.page.goto(`${house.origin}/es/media/lo-que-la-noche-pide`)
  const corrected = await reader.page.locator('main').innerText()
  expect(corrected).toContain('La fecha de la audiencia es el 3 de diciembre.')
  expect([corrected.includes('Aurora'), corrected.includes('Brisa'), corrected.includes('Cumbre')]).toEqual([true, true, false])
  expect((await askRaw(house.origin, '/es/media/feed.rss', {})).body.toString()).toContain('La fecha de la audiencia es el 3 de diciembre.')
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect([...desk.strays, ...ana.strays, ...bel.strays, ...reader.strays]).toEqual([])
  await Promise.all([desk.close(), ana.close(), bel.close(), reader.close()])
}, 240_000)
