// From Spanish into Portuguese beside the source: left and resumed, behind after a change, a question asked and answered, a second
// reader, publishing refused and then allowed. Without script; with it, what is typed is kept as it is typed.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { readXliff, writeXliff } from '#rooms/media/import/xliff.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { everythingPublic } from './everything-public.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()
const CANARY = 'Canario de la redacción 7Q4'

const organisation = (slug: string) => act(beside, async (tx) => {
  const added = await addOrganisation(tx, slug, { texts: { en: { name: slug, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  return added.id
})
const person = (name: string, duty: 'editor' | 'translator' | 'steward', organisationId: string | null, spoken: string, lang: string | null = null) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId, lang })
  await tx.updateTable('person').set({ lang: spoken }).where('id', '=', made.id).execute()
  return made
})
const as = async ({ cookie }: DeskPerson, locale: string, viewport: typeof PHONE, javaScriptEnabled = false) => {
  const visited = await visit(browser, house.origin, { locale, viewport, javaScriptEnabled })
  const [name, value] = cookie.split('=') as [string, string]
  await visited.page.context().addCookies([{ name, value, url: house.origin }])
  return visited
}
const SOURCE = ['Las trabajadoras sexuales piden una ley.', 'La segunda ciudad escribió al mediodía.', 'La tercera esperó hasta la noche.']
const write = (id: string, lang: string, title: string, paragraphs: string[], by: string) =>
  act(beside, (tx) => saveRevision(tx, id, lang, { title, teaser: `${title}: lo esencial.`, bodyMarkdown: paragraphs.join('\n\n') }, NOTHING_FROZEN, by, now()))

test.each(walked([
  {
    locale: 'es', viewport: PHONE, keep: 'Conservar lo escrito hasta la fila 2', kept: 'solo para ti', save: 'Guardar', saved: 'Guardado', behind: 'desactualizada respecto del original: 2 párrafos', changed: 'Cambió en la versión 2', isNew: 'Nuevo en la versión 2', tick: 'Este texto ya sigue el original', waits: 'Espera su segunda lectura', own: 'Escribiste palabras de esta versión',
    ask: 'Preguntar a quien lo escribió por el párrafo 2', leave: 'Dejar la nota', asked: 'Tu nota está aquí', waiting: 'nota espera respuesta', answer: 'Responder', answered: 'Tu respuesta está aquí', changes: 'Hay que cambiar algo', what: 'Di qué hay que cambiar', good: 'Está bien', said: 'dijiste que está bien', publish: 'Publicar ahora', isPublic: 'Ya es público', credit: 'Traducción: Lía de la red',
  },
  {
    locale: 'en', viewport: DESKTOP, keep: 'Keep what is typed up to row 2', kept: 'Kept for you alone', save: 'Save', saved: 'Saved', behind: 'behind the source by 2 paragraphs', changed: 'Changed in version 2', isNew: 'New in version 2', tick: 'This text now follows the source', waits: 'waits for its second reader', own: 'You wrote words of this version',
    ask: 'Ask the author about paragraph 2', leave: 'Leave the note', asked: 'Your note stands here', waiting: 'note waits for an answer', answer: 'Answer', answered: 'Your answer stands here', changes: 'Something must change', what: 'Say what must change', good: 'It is right', said: 'you found it right', publish: 'Publish now', isPublic: 'It is public now', credit: 'Tradução: Lía de la red',
  },
]))('a text is translated beside its source, falls behind, is asked about, read by another and goes out ($locale)', async ({ locale, viewport, ...said }) => {
  const here = await organisation(`org-${locale}`)
  const [author, translator, reader] = [await person(`author-${locale}`, 'editor', here, locale), await person(`translator-${locale}`, 'translator', here, locale, 'pt'), await person(`reader-${locale}`, 'editor', here, locale, 'pt')]
  const title = `Tres cartas (${locale})`
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', keptBy: author.id, writtenIn: here }, author.id, now()))
  await write(id, 'es', title, SOURCE, author.id)
  const at = (path: string) => `${house.origin}/desk/media/${id}/${path}`
  const hers = await as(translator, locale, viewport)
  const { page } = hers
  const press = (name: string, of = page) => of.getByRole('button', { name, exact: true }).first().click()
  const told = async (of = page) => (await of.getByRole('status').allInnerTexts()).join(' ')
  const own = (row: number, of = page) => of.locator(`#own-${row}`)

  // She finds it missing on the board, and begins.
  await page.goto(`${house.origin}/desk/media/translate`)
  await axeFindsNothing(page, 'the board')
  await page.locator('tr', { hasText: title }).locator('a[href$="/pt/translate"]').click()
  expect(await page.locator('.gloss').innerText()).toMatch(/trabalhadora/)
  await axeFindsNothing(page, 'a translation that begins')
  await page.fill('#title', 'Três cartas')
  await page.fill('#teaser', 'O essencial.')
  await own(1).fill('As trabalhadoras sexuais pedem uma lei.')
  // She leaves on a bad line and goes on later: what is typed is hers alone until she saves.
  await press(said.keep)
  expect([await told(), new URL(page.url()).hash]).toEqual([expect.stringContaining(said.kept), '#p-2'])
  await page.goto(at('pt/translate'))
  expect([await own(1).inputValue(), await own(2).inputValue()]).toEqual(['As trabalhadoras sexuais pedem uma lei.', ''])
  await own(3).fill('A terceira esperou até a noite.')
  await page.fill('[name=credit]', 'Lía de la red')
  await press(said.save)
  expect(await told()).toContain(said.saved)
  // The paragraph that is missing keeps its place.
  expect([await own(2).inputValue(), await own(3).inputValue()]).toEqual(['', 'A terceira esperou até a noite.'])
  await own(2).fill('A segunda cidade escreveu ao meio-dia.')
  await press(said.save)

  // The source goes on: behind by what changed and what is new, told in words beside it.
  await write(id, 'es', title, [SOURCE[0]!, 'La segunda ciudad escribió ayer al mediodía.', SOURCE[2]!, 'Y una cuarta carta llegó desde la costa.'], author.id)
  await page.goto(at('pt/translate'))
  const main = await page.locator('main').innerText()
  for (const words of [said.behind, said.changed, said.isNew]) expect(main).toContain(words)
  expect(await page.locator('.moved ins').allInnerTexts()).toEqual(['ayer ', 'Y una cuarta carta llegó desde la costa.'].map((text) => expect.stringContaining(text.trim())))
  await axeFindsNothing(page, 'a translation that is behind')
  await page.goto(at('pt'))
  expect(await page.locator('main').innerText()).toContain(said.behind)
  await page.goto(`${house.origin}/desk/media/translate?wants=behind&lang=pt`)
  expect(await page.locator('tbody').innerText()).toContain(title)

  // She asks the author about the second paragraph, who finds the question waiting and answers.
  await page.goto(at('pt/translate'))
  await page.getByRole('link', { name: said.ask }).click()
  await press(said.leave)
  expect(await page.getByRole('alert').count(), 'an empty note').toBe(1)
  await page.fill('[name=text]', `${CANARY}: ¿quién escribió ayer?`)
  await press(said.leave)
  expect(await told()).toContain(said.asked)
  const writes = await as(author, locale, viewport)
  await writes.page.goto(`${house.origin}/desk`)
  expect(await writes.page.locator('main').innerText()).toContain(said.waiting)
  await writes.page.goto(at('notes'))
  expect(await writes.page.locator('main').innerText()).toContain('La segunda ciudad escribió ayer')
  await axeFindsNothing(writes.page, 'notes')
  await writes.page.locator('summary', { hasText: said.answer }).click()
  await writes.page.fill('[name=answer]', 'La vocera de la ciudad.')
  await press(said.answer, writes.page)
  expect(await told(writes.page)).toContain(said.answered)

  // She brings it up to date, and cannot approve her own words.
  await page.goto(at('pt/translate'))
  await own(2).fill('A segunda cidade escreveu ontem ao meio-dia.')
  await own(4).fill('E uma quarta carta chegou do litoral.')
  await page.getByLabel(said.tick).check()
  await press(said.save)
  expect(await page.locator('main').innerText()).not.toContain(said.behind)
  await page.goto(at('pt/read'))
  expect(await page.locator('main').innerText()).toContain(said.own)
  expect(await page.getByRole('button', { name: said.good, exact: true }).count()).toBe(0)

  // The second reader wants something changed first; nothing goes out before she has found it right.
  const reads = await as(reader, locale, viewport)
  await reads.page.goto(at('publish'))
  const section = reads.page.locator('#text-pt')
  expect(await section.innerText()).toContain(said.waits)
  expect(await section.getByRole('button', { name: said.publish }).count()).toBe(0)
  await section.locator('a[href$="/pt/read"]').click()
  await axeFindsNothing(reads.page, 'a second reading')
  await press(said.changes, reads.page)
  expect(await reads.page.locator('main').innerText()).toContain(said.what)
  await reads.page.fill('[name=note]', 'Falta uma vírgula no quarto.')
  await press(said.changes, reads.page)
  await page.goto(at('pt/read'))
  expect(await page.locator('main').innerText()).toContain('Falta uma vírgula no quarto.')
  await page.goto(at('pt/translate'))
  await own(4).fill('E uma quarta carta chegou, do litoral.')
  await press(said.save)
  await reads.page.goto(at('pt/read'))
  await press(said.good, reads.page)
  expect(await told(reads.page)).toContain(said.said)
  await reads.page.goto(at('publish'))
  await section.getByRole('button', { name: said.publish }).click()
  expect(await told(reads.page)).toContain(said.isPublic)

  // Readers have Portuguese by itself, with the name that she chose; Spanish is not public.
  const address = await section.locator('a[href^="/pt/media/"]').getAttribute('href')
  const article = await (await fetch(house.origin + address!)).text()
  expect([article.includes('chegou, do litoral'), article.includes('Tradução: Lía de la red') || article.includes('Lía de la red'), article.includes(CANARY)]).toEqual([true, true, false])
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(viewport.width)
  expect([...hers.strays, ...writes.strays, ...reads.strays]).toEqual([])
  await Promise.all([hers.close(), writes.close(), reads.close()])
}, 180_000)

test('a steward sets what news need, and lets one go unread with her reason; text of a machine is never let go so', async () => {
  const here = await organisation('org-needs')
  const [steward, translator] = [await person('stewards-needs', 'steward', null, 'en'), await person('translates-needs', 'translator', here, 'en', 'pt')]
  const made = async (title: string) => {
    const id = await act(beside, (tx) => createItem(tx, { kind: 'letter', originalLang: 'es', writtenIn: here }, translator.id, now()))
    await write(id, 'es', title, SOURCE, 'operator')
    await write(id, 'pt', `${title} pt`, SOURCE, translator.id)
    return id
  }
  const [id, byMachine] = [await made('Carta uno'), await made('Carta dos')]
  const hers = await as(translator, 'en', DESKTOP)
  await hers.page.goto(`${house.origin}/desk/media/${byMachine}/pt/translate`)
  await hers.page.getByLabel('A machine made this translation').check()
  await hers.page.getByRole('button', { name: 'Save', exact: true }).click()
  expect(await hers.page.locator('.deskhead').innerText()).toContain('Machine translation')
  // A colleague saves while she has it open: what is settled keeps the mark.
  const both = await made('Carta tres')
  await hers.page.goto(`${house.origin}/desk/media/${both}/pt/translate`)
  await write(both, 'pt', 'Carta tres pt', ['Dela.', ...SOURCE.slice(1)], 'operator')
  await hers.page.fill('#own-1', 'Minha.')
  await hers.page.getByLabel('A machine made this translation').check()
  await hers.page.getByRole('button', { name: 'Save', exact: true }).click()
  await hers.page.locator('[name="choice.0"][value=mine]').check()
  await hers.page.getByRole('button', { name: 'Save like this' }).click()
  expect([(await hers.page.locator('.deskhead').innerText()).includes('Machine translation'), await hers.page.inputValue('#own-1')]).toEqual([true, 'Minha.'])
  expect((await hers.page.goto(`${house.origin}/desk/settings/needs`))!.status()).toBe(404)

  const visited = await as(steward, 'en', DESKTOP)
  const { page } = visited
  await page.goto(`${house.origin}/desk/settings/needs`)
  await axeFindsNothing(page, 'what texts need')
  expect(await page.locator('[name="letter.translationReader"]').isChecked()).toBe(true)
  await page.locator('[name="letter.sourceReader"]').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  expect(await page.getByRole('status').innerText()).not.toBe('')
  expect(await page.locator('[name="letter.sourceReader"]').isChecked()).toBe(true)

  const section = (lang: string) => page.locator(`#text-${lang}`)
  await page.goto(`${house.origin}/desk/media/${id}/publish`)
  expect(await section('es').innerText()).toContain('waits for its second reader')
  await section('pt').locator('summary', { hasText: 'In an emergency' }).click()
  await section('pt').getByRole('button', { name: 'Do without the second reader' }).click()
  expect(await section('pt').innerText()).toContain('Say why it cannot wait')
  await section('pt').locator('[name=why]').first().fill('Two were arrested an hour ago.')
  await section('pt').getByRole('button', { name: 'Do without the second reader' }).click()
  expect(await section('pt').innerText()).toContain('Two were arrested an hour ago.')
  await section('pt').getByRole('button', { name: 'Publish now' }).click()
  expect(await page.getByRole('status').innerText()).toContain('It is public now')
  expect(await section('pt').innerText()).toContain('Two were arrested an hour ago.')
  await page.goto(`${house.origin}/desk/media/${byMachine}/publish`)
  expect(await section('pt').innerText()).toContain('no person has found it right yet')
  expect(await section('pt').locator('summary', { hasText: 'In an emergency' }).count()).toBe(0)
  // A person finds it right: it goes out, and its readers are told.
  await page.goto(`${house.origin}/desk/media/${byMachine}/pt/read`)
  await page.getByRole('button', { name: 'It is right', exact: true }).click()
  await page.goto(`${house.origin}/desk/media/${byMachine}/publish`)
  await section('pt').getByRole('button', { name: 'Publish now' }).click()
  expect(await page.getByRole('status').innerText()).toContain('It is public now')
  const isTold = async (slug: string) => {
    const { status, body } = await askRaw(house.origin, `/pt/media/${slug}`)
    return [status, body.toString().includes('Traduzido por máquina e depois lido e aprovado por uma pessoa.')]
  }
  expect([await isTold('carta-dos-pt'), await isTold('carta-uno-pt')]).toEqual([[200, true], [200, false]])
  await Promise.all([hers.close(), visited.close()])
}, 120_000)

test('who does not read a text finds neither its notes nor its translations', async () => {
  const [here, there] = [await organisation('org-theirs'), await organisation('org-elsewhere')]
  const [stranger, colleague] = [await person('elsewhere', 'editor', there, 'en'), await person('colleague', 'translator', here, 'en', 'ht')]
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: here }, 'operator', now()))
  await write(id, 'es', 'Solo de casa', SOURCE, 'operator')
  await write(id, 'pt', 'Só de casa', SOURCE, 'operator')
  const paths = ['notes', 'pt/translate', 'pt/read', 'publish'].map((path) => `/desk/media/${id}/${path}`)
  for (const path of paths) {
    expect((await askRaw(house.origin, path, { cookie: colleague.cookie })).status, path).toBe(200)
    expect((await askRaw(house.origin, path, { cookie: stranger.cookie })).status, path).toBe(404)
  }
})

test('a translation is worked on elsewhere: out as XLIFF or Word, back beside its source, and what changed meanwhile is told', async () => {
  const here = await organisation('org-files')
  const [translator, stranger] = [await person('translates-files', 'translator', here, 'en', 'pt'), await person('stranger-files', 'editor', await organisation('org-other-files'), 'en')]
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: here }, translator.id, now()))
  await write(id, 'es', 'Tres pueblos', SOURCE, 'operator')
  const address = `/desk/media/${id}/pt/translation`
  const [file, word] = [await askRaw(house.origin, `${address}.xlf`, { cookie: translator.cookie }), await askRaw(house.origin, `${address}.docx`, { cookie: translator.cookie })]
  expect([file.status, word.status, word.body.subarray(0, 2).toString(), (await askRaw(house.origin, `${address}.xlf`, { cookie: stranger.cookie })).status]).toEqual([200, 200, 'PK', 404])
  const xliff = readXliff(file.body.toString())!
  expect(xliff).toMatchObject({ itemId: id, from: 'es', to: 'pt', units: [{ id: 'title', source: 'Tres pueblos', target: '' }, { id: 'teaser' }, { id: 'p1', source: SOURCE[0] }, { id: 'p2' }, { id: 'p3' }] })
  await write(id, 'es', 'Tres pueblos', [SOURCE[0]!, 'Otra cosa muy distinta.', SOURCE[2]!], 'operator')

  const { page, close } = await as(translator, 'en', DESKTOP)
  await page.goto(`${house.origin}/desk/media/${id}/pt/translate`)
  const bring = async (name: string, text: string | Buffer) => {
    await page.locator('[name=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Bring it in' }).click()
  }
  await bring('notes.txt', 'Hello')
  expect(await page.getByRole('alert').innerText()).toContain('.xlf or .docx')
  await bring('cut.xlf', file.body.toString().slice(0, 300))
  expect(await page.getByRole('alert').innerText()).toContain('XLIFF 2')
  await bring('other.xlf', writeXliff({ ...xliff, to: 'fr' }))
  expect(await page.getByRole('alert').innerText()).toContain('another text or another language')
  await bring('back.xlf', writeXliff({ ...xliff, units: xliff.units.map((unit) => ({ ...unit, target: `${unit.source} (pt)` })) }))
  const told = await page.getByRole('status').allInnerTexts()
  expect(told.join(' ')).toContain('1 paragraph was not taken')
  expect([await page.inputValue('#title'), await page.inputValue('#own-1'), await page.inputValue('#own-2'), await page.inputValue('#own-3')]).toEqual(['Tres pueblos (pt)', `${SOURCE[0]} (pt)`, '', `${SOURCE[2]} (pt)`])
  // It would take the place of what she brought and did not save yet: only on her word.
  await bring('back.docx', word.body)
  expect([(await page.getByRole('alert').allInnerTexts()).join(' ').includes('is not saved yet'), await page.inputValue('#title')]).toEqual([true, 'Tres pueblos (pt)'])
  await page.locator('[name=over]').check()
  await bring('back.docx', word.body)
  expect([await page.inputValue('#title'), await page.inputValue('#own-1')]).toEqual(['Tres pueblos', SOURCE[0]])
  // Hers alone until she saves.
  expect(await beside.db.read.selectFrom('revision').select('id').where('itemId', '=', id).where('lang', '=', 'pt').execute()).toEqual([])
  await close()
}, 120_000)

test('with script what is typed is kept as it is typed, and lies beside its source again after a dropped line', async () => {
  const here = await organisation('org-script')
  const translator = await person('translates-script', 'translator', here, 'en', 'pt')
  const id = await act(beside, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', writtenIn: here }, translator.id, now()))
  await write(id, 'es', 'Tres ciudades', SOURCE, 'operator')
  const { page, close } = await as(translator, 'en', DESKTOP, true)
  const address = `${house.origin}/desk/media/${id}/pt/translate`
  await page.goto(address)
  await page.fill('#title', 'Três')
  await page.fill('#own-3', 'A terceira.')
  await page.locator('#kept', { hasText: /\d\d:\d\d/ }).waitFor({ timeout: 15_000 })
  await page.goto(address)
  expect([await page.inputValue('#title'), await page.inputValue('#own-2'), await page.inputValue('#own-3')]).toEqual(['Três', '', 'A terceira.'])
  await page.route('**/typing', (route) => route.abort())
  await page.fill('#own-1', 'As trabalhadoras.')
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('typed:')), undefined, { timeout: 15_000 })
  await page.unroute('**/typing')
  await page.goto(address)
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#own-1')?.value === 'As trabalhadoras.', undefined, { timeout: 15_000 })
  expect(await page.inputValue('#own-3')).toBe('A terceira.')
  // What she typed a moment before she sends a file is kept first, and the file asks.
  await page.fill('#own-2', 'Um momento antes.')
  await page.locator('[name=file]').setInputFiles({ name: 'back.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') })
  await page.getByRole('button', { name: 'Bring it in' }).click()
  await page.getByRole('alert').filter({ hasText: 'is not saved yet' }).first().waitFor({ timeout: 15_000 })
  expect([await page.inputValue('#own-2'), await page.locator('[name=over]').count()]).toEqual(['Um momento antes.', 1])
  await close()
}, 120_000)

test('what colleagues note to each other stands on no public page, in no feed and in no export', async () => {
  expect(JSON.stringify(await beside.db.read.selectFrom('deskNote').selectAll().execute())).toContain(CANARY)
  const seen = await everythingPublic(house, ['/', '/es', '/pt', '/sitemap.xml', '/es/media', '/pt/media', '/es/media/feed.atom', '/pt/media/feed.json', '/api/v1/items'])
  for (const [path, text] of seen) expect(text.includes('Canario de la redacci'), path).toBe(false)
  const out = join(mkdtempSync(join(tmpdir(), 'altavoz-notes-')), 'export')
  await house.altavoz('export', out)
  for (const name of readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) expect(readFileSync(join(name.parentPath, name.name)).includes(CANARY), name.name).toBe(false)
}, 120_000)
