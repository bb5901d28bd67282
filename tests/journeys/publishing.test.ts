// An editor publishes, undoes, schedules, lets a newsroom read before the hour, corrects, withdraws, compares and restores. Without script.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()

const organisation = (slug: string) => act(beside, async (tx) => {
  const added = await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  return added.id
})
const person = (name: string, duty: 'editor' | 'translator', organisationId: string, lang: string) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId })
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const save = (itemId: string, lang: string, title: string, paragraphs: string[]) =>
  act(beside, async (tx) => saveRevision(tx, itemId, lang, { title, teaser: `${title}: lo esencial.`, bodyMarkdown: paragraphs.join('\n\n') }, NOTHING_FROZEN, 'operator', now()))
const as = async ({ cookie }: DeskPerson, locale: string, viewport: typeof PHONE) => {
  const visited = await visit(browser, house.origin, { locale, viewport })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}
/** Status, headers and bytes, with what was asked taken out of them. */
const answerOf = async (path: string) => {
  const { status, headers, body } = await askRaw(house.origin, path, { accept: 'text/html', 'accept-language': 'es' })
  return JSON.stringify([status, headers.filter(([name]) => !/^(date|content-length)$/i.test(name)), body.toString().replaceAll(path.split('/').at(-1)!, '…')])
}

const PARAGRAPHS = ['La primera ciudad escribió por la mañana.', 'La segunda ciudad escribió al mediodía.', 'La tercera esperó hasta la noche.', 'Todas piden la misma ley.']

test.each(walked([
  {
    locale: 'es', viewport: PHONE, nothing: 'El público todavía no ve nada', keepAddress: 'Guardar la dirección', badAddress: 'Usa minúsculas y números', kept: 'La dirección quedó guardada', now: 'Publicar ahora', isPublic: 'Ya es público', undo: 'Deshacer', left: 'segundos para deshacerlo', undone: 'El público encuentra lo que había antes',
    schedule: 'Publicar a una hora', act: 'Programar', past: 'Esta hora ya pasó', twice: 'esta hora llega dos veces', set: 'Su hora quedó fijada', waits: /La versión 1 se publica el/, newLink: 'Nuevo enlace para prensa', once: 'Copia ahora el enlace para La Redacción', unread: 'todavía sin abrir', read: 'leído el', end: 'Cerrarlo: La Redacción', ended: 'Se cerró el enlace', embargo: 'Embargado hasta el', callOff: 'Cancelar la publicación', off: 'Se canceló',
    correct: 'Anotar una corrección', addNote: 'Agregar la nota', noNote: 'Escribe qué estaba mal', noted: 'La nota está encima del texto', ahead: 'La versión más reciente es la 2', seeChange: 'Ver qué cambió', counts: 'Párrafos cambiados: 1, nuevos: 1, quitados: 1, iguales: 2', next: 'Siguiente cambio', restore: 'Recuperar la versión 1 como una nueva', restored: 'La versión 3 es ahora la más reciente',
    withdraw: 'Retirarlo', safety: 'Ya no lo sostenemos', on: 'Ver qué va a pasar', noWhy: 'Escribe el motivo', told: 'Sale enseguida de todas las listas', doIt: 'Retirarlo ahora', gone: 'Se retiró.', noRight: 'Lo publica quien edita',
  },
  {
    locale: 'en', viewport: DESKTOP, nothing: 'Readers see nothing of it yet', keepAddress: 'Keep the address', badAddress: 'Use small letters and digits', kept: 'The address is kept', now: 'Publish now', isPublic: 'It is public now', undo: 'Undo', left: 'seconds are left to undo this', undone: 'Readers find what was there before',
    schedule: 'Publish at an hour', act: 'Schedule', past: 'This hour is past', twice: 'this hour comes twice', set: 'Its hour is set', waits: /Version 1 goes out on/, newLink: 'New press link', once: 'Copy the link for La Redacción now', unread: 'not opened yet', read: 'read on', end: 'End it: La Redacción', ended: 'The press link was ended', embargo: 'Embargado hasta el', callOff: 'Call it off', off: 'It was called off',
    correct: 'Note a correction', addNote: 'Add the note', noNote: 'Write what was wrong', noted: 'The note stands above the text', ahead: 'The newest version is 2', seeChange: 'See what changed', counts: 'Paragraphs changed: 1, new: 1, taken out: 1, the same: 2', next: 'Next change', restore: 'Restore version 1 as a new one', restored: 'Version 3 is the newest now',
    withdraw: 'Withdraw it', safety: 'We no longer stand by it', on: 'See what will happen', noWhy: 'Write the reason', told: 'At once it leaves every list', doIt: 'Withdraw it now', gone: 'It was withdrawn.', noRight: 'Those who edit this language publish it',
  },
]))('a text goes out, is undone, waits for its hour, is corrected, restored and withdrawn ($locale)', async ({ locale, viewport, ...said }) => {
  const here = await organisation(`org-${locale}`)
  const [editor, translator] = [await person(`editor-${locale}`, 'editor', here, locale), await person(`translator-${locale}`, 'translator', here, locale)]
  const title = `Tres ciudades (${locale})`
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', keptBy: editor.id, writtenIn: here }, editor.id, now()))
  await save(id, 'es', title, PARAGRAPHS)
  const hers = await as(editor, locale, viewport)
  const { page } = hers
  const main = () => page.locator('main').innerText()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const open = (name: string) => page.locator('summary', { hasText: name }).click()
  const publishing = `${house.origin}/desk/media/${id}/publish`

  await page.goto(publishing)
  expect(await main()).toContain(said.nothing)
  await axeFindsNothing(page, 'a draft to publish')
  await page.fill('[name=slug]', 'Not An Address')
  await press(said.keepAddress)
  expect([(await main()).includes(said.badAddress), await page.inputValue('[name=slug]')]).toEqual([true, 'Not An Address'])
  const slug = `tres-ciudades-${locale}`
  await page.fill('[name=slug]', slug)
  await press(said.keepAddress)
  expect(await page.getByRole('status').innerText()).toContain(said.kept)
  const path = `/es/media/${slug}`
  const neverWas = await answerOf('/es/media/never-was')
  expect(await answerOf(path)).toBe(neverWas)

  // Now, and back within a minute.
  await press(said.now)
  expect(await main()).toContain(said.isPublic)
  expect(await main()).toContain(said.left)
  await axeFindsNothing(page, 'just published')
  expect((await fetch(house.origin + path)).status).toBe(200)
  expect(await (await fetch(`${house.origin}/es/media`)).text()).toContain(title)
  await press(said.undo)
  expect(await main()).toContain(said.undone)
  expect(await main()).toContain(said.nothing)
  expect(await answerOf(path)).toBe(neverWas)
  expect(await (await fetch(`${house.origin}/es/media`)).text()).not.toContain(title)

  // At an hour. What was typed stays where it is refused.
  await open(said.schedule)
  await page.fill('[name=day]', '2020-01-01')
  await page.fill('[name=hour]', '07:35')
  await press(said.act)
  expect([(await main()).includes(said.past), await page.inputValue('[name=hour]')]).toEqual([true, '07:35'])
  await page.fill('[name=day]', '2027-04-03')
  await page.fill('[name=hour]', '23:30')
  await page.selectOption('[name=zone]', 'America/Santiago')
  await press(said.act)
  expect(await main()).toContain(said.twice)
  await axeFindsNothing(page, 'an hour that comes twice')
  await page.fill('[name=hour]', '22:30')
  await press(said.act)
  expect(await main()).toContain(said.set)
  expect(await main()).toMatch(said.waits)
  expect(await answerOf(path)).toBe(neverWas)

  // A newsroom reads it before, by its link and by no other.
  await page.fill('[name=newsroom]', 'La Redacción')
  await press(said.newLink)
  expect(await main()).toContain(said.once)
  await axeFindsNothing(page, 'a press link')
  const link = await page.locator('aside code').innerText()
  await page.goto(publishing)
  expect(await main()).toContain(said.unread)
  expect(await page.content()).not.toContain(link.split('/').at(-1))
  const newsroom = await visit(browser, house.origin, { locale: 'fr', viewport })
  const preview = await newsroom.page.goto(link)
  expect([preview!.status(), preview!.headers()['cache-control'], await newsroom.page.getAttribute('html', 'lang')]).toEqual([200, 'no-store', 'es'])
  expect(await newsroom.page.locator('main').innerText()).toContain(said.embargo)
  expect(await newsroom.page.locator('main').innerText()).toContain(PARAGRAPHS[0])
  expect(await newsroom.page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex')
  await axeFindsNothing(newsroom.page, 'a text under embargo')
  expect(await answerOf(path)).toBe(neverWas)
  const unknown = await answerOf(`/press-preview/${'x'.repeat(43)}`)
  expect(await answerOf('/press-preview')).toBe(unknown.replace('…', '…'))
  await page.goto(publishing)
  expect(await main()).toContain(said.read)
  await page.getByRole('button', { name: said.end }).click()
  expect(await main()).toContain(said.ended)
  expect(await answerOf(new URL(link).pathname)).toBe(unknown)
  await press(said.callOff)
  expect(await main()).toContain(said.off)

  // At its hour, with nothing running: a second link leads to the public page then.
  await page.fill('[name=newsroom]', 'Agencia')
  await press(said.newLink)
  const second = await page.locator('aside code').innerText()
  await newsroom.page.goto(second)
  expect((await newsroom.page.goto(second))!.status()).toBe(200)
  expect(await newsroom.page.locator('main').innerText()).not.toContain(PARAGRAPHS[0])
  const hour = now().add({ seconds: 4 })
  const [text] = await listTextStandings(beside.db.read, id, now())
  expect(await act(beside, (tx) => letGoOut(tx, id, { lang: 'es', seen: seenOf(text!), at: hour, zone: 'UTC', nameSigners: async () => [], ledAmong: async () => [] }, editor.id, now()))).toBeNull()
  await newsroom.page.goto(second)
  expect(await newsroom.page.locator('main').innerText()).toContain(PARAGRAPHS[0])
  expect(await answerOf(path)).toBe(neverWas)
  await new Promise((soon) => setTimeout(soon, Math.max(0, hour.since(now()).total('milliseconds'))))
  await expect.poll(async () => (await fetch(house.origin + path)).status, { timeout: 1000, interval: 50 }).toBe(200)
  await newsroom.page.goto(second)
  expect(new URL(newsroom.page.url()).pathname).toBe(path)

  // The next day: a correction, a newer version, what changed, and the older one back.
  await page.goto(publishing)
  await open(said.correct)
  await press(said.addNote)
  expect(await main()).toContain(said.noNote)
  await page.fill('[name=note]', 'Largo. '.repeat(300))
  await press(said.addNote)
  expect([await page.getByRole('alert').count(), await page.inputValue('[name=note]')], 'what is too long is kept').toEqual([1, 'Largo. '.repeat(300)])
  await page.fill('[name=note]', 'La segunda escribió por la tarde.')
  await press(said.addNote)
  expect(await main()).toContain(said.noted)
  expect(await (await fetch(house.origin + path)).text()).toContain('La segunda escribió por la tarde.')
  await save(id, 'es', title, [PARAGRAPHS[0]!, 'La segunda ciudad escribió por la tarde.', PARAGRAPHS[3]!, 'Nueva Zelanda la tiene desde 2003.'])
  await page.goto(publishing)
  expect(await main()).toContain(said.ahead)
  await page.getByRole('link', { name: said.seeChange }).click()
  expect(await main()).toContain(said.counts)
  expect(await page.locator('.diff ins').allInnerTexts()).toEqual(['por la tarde', 'Nueva Zelanda la tiene desde 2003.'])
  expect(await page.locator('.diff del').allInnerTexts()).toEqual(['al mediodía', PARAGRAPHS[2]])
  await axeFindsNothing(page, 'what changed')
  await page.getByRole('link', { name: said.next, exact: true }).first().click()
  expect(new URL(page.url()).hash).toBe('#change-1')
  await press(said.restore)
  expect(await main()).toContain(said.restored)
  expect(await (await fetch(house.origin + path)).text(), 'no reader sees a change').not.toContain('Nueva Zelanda')

  // Whoever may not publish sees how it stands, and no button.
  const other = await as(translator, locale, viewport)
  await other.page.goto(publishing)
  expect(await other.page.locator('main').innerText()).toContain(said.noRight)
  expect(await other.page.locator('main form').count()).toBe(0)

  await page.goto(publishing)
  await open(said.withdraw)
  await page.getByLabel(said.safety).check()
  await press(said.on)
  expect(await main()).toContain(said.noWhy)
  await page.fill('[name=why]', 'La ley era otra.')
  await press(said.on)
  expect(await main()).toContain(said.told)
  expect((await fetch(house.origin + path)).status).toBe(200)
  await axeFindsNothing(page, 'a withdrawal, asked once')
  await press(said.doIt)
  expect(await main()).toContain(said.gone)
  const gone = await fetch(house.origin + path)
  expect([gone.status, (await gone.text()).includes('La ley era otra.')]).toEqual([410, true])
  expect([...hers.strays, ...newsroom.strays, ...other.strays]).toEqual([])
  await Promise.all([hers.close(), newsroom.close(), other.close()])
}, 300_000)

test('whoever may not publish sends the form of whoever may, and nothing goes out', async () => {
  const [here, there] = [await organisation('org-of-text'), await organisation('org-elsewhere')]
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: here }, 'operator', now()))
  await save(id, 'es', 'Nadie la publica', PARAGRAPHS)
  const [text] = await listTextStandings(beside.db.read, id, now())
  for (const [name, duty, organisationId] of [['translates', 'translator', here], ['edits-elsewhere', 'editor', there]] as const) {
    const { cookie } = await person(name, duty, organisationId, 'es')
    const sent = new URLSearchParams({ lang: 'es', seen: seenOf(text!) }).toString()
    const answer = await askRaw(house.origin, `/desk/media/${id}/publish?/now`, { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: house.origin, cookie }, 'POST', sent)
    expect(answer.status, name).toBe(404)
  }
  expect((await fetch(`${house.origin}/es/media/nadie-la-publica`)).status).toBe(404)
}, 60_000)
