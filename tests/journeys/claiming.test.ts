// A delegate claims the Kreyòl text of a statement as hers to approve, on a telephone without script: it waits for her yes, and goes out with the
// name of her organisation once she has read it and agreed.
import { afterAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { askSigner, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findNewestWords } from '#rooms/media/server/agreement-queries.ts'
import { claimByLink } from '#rooms/media/server/claim-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { addOrganisation, recordAgreementToBeShown } from '#rooms/people/server/organisation-actions.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { PHONE, visit } from './browser.ts'
import { addDeskPerson, type DeskPerson } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()
const PIN = '902514'
const MOST_BYTES = 20_000

const organisation = (slug: string, name: string) => act(beside, async (tx) => {
  const added = await addOrganisation(tx, slug, { texts: { es: { name, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  await recordAgreementToBeShown(tx, added.id, 'operator', now())
  return added.id
})
const person = (name: string, duty: 'editor' | 'delegate', organisationId: string) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId })
  await tx.updateTable('person').set({ lang: 'es' }).where('id', '=', made.id).execute()
  return made
})
async function as(who?: DeskPerson) {
  const visited = await visit(browser, house.origin, { locale: 'es', viewport: PHONE })
  const [name, value] = who?.cookie.split('=') ?? []
  if (name) await visited.page.context().addCookies([{ name, value: value!, url: house.origin }])
  return visited
}

test('a Kreyòl text that was claimed goes out with the name once its organisation has agreed to it', async () => {
  const [home, aurora, brisa] = [await organisation('casa', 'Casa'), await organisation('aurora', 'Aurora'), await organisation('brisa', 'Brisa')]
  const [editor, ana] = [await person('editora', 'editor', home), await person('ana', 'delegate', aurora)]
  await person('bel', 'delegate', brisa)
  const hash = await hashPassword(PIN)
  const id = await act(beside, async (tx) => {
    await writePin(tx, ana.id, hash, now())
    const item = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home, keptBy: editor.id }, editor.id, now())
    await saveRevision(tx, item, 'es', { title: 'Lo que pedimos', teaser: '', bodyMarkdown: 'Pedimos leyes que protejan.' }, NOTHING_FROZEN, editor.id, now())
    await saveRevision(tx, item, 'ht', { title: 'Sa nou mande', teaser: '', bodyMarkdown: 'Nou mande lwa ki pwoteje.' }, NOTHING_FROZEN, editor.id, now())
    await recordReading(tx, { itemId: item, lang: 'ht', read: readAs((await findFollowed(tx, item, 'ht'))!), verdict: 'good', note: '' }, ana.id, now())
    return item
  })
  const desk = await as(editor)
  const { page } = desk
  const board = () => page.goto(`${house.origin}/desk/media/${id}/agree`)
  const row = page.locator('.signers > li', { hasText: 'Aurora' })
  const main = () => page.locator('main').innerText()
  const ask = async (lang: string) => {
    await board()
    const form = row.locator('details', { has: page.locator(`form[action="?/ask"] [name=lang][value=${lang}]`) })
    await form.locator('summary').click()
    await form.locator('button').click()
    return page.inputValue('#link')
  }
  await board()
  for (const one of [aurora, brisa]) {
    await page.selectOption('select[name=organisation]', one)
    await page.locator('form[action="?/add"] button').click()
  }
  // Brisa is left out, so that the name of Aurora alone is waited for.
  const leave = page.locator('.signers > li', { hasText: 'Brisa' }).locator('details:has([name=why])')
  await leave.locator('summary').click()
  await leave.locator('[name=why]').fill('Su asamblea es en enero.')
  await leave.locator('button').click()
  const link = await ask('es')
  expect(await page.locator('table.release td[data-l="Español"], table.release td[data-l="español"]').count()).toBe(2)
  expect(await main()).toContain('ninguna organización pidió aprobar este texto')

  const phone = await as()
  const said = async () => (await phone.page.getByRole('status').allInnerTexts()).join(' ')
  await phone.page.goto(link)
  await phone.page.fill('#pin', PIN)
  await phone.page.locator('button[value=agreed]').click()
  expect(await said()).toContain('está de acuerdo con este texto')

  // The source agreed to, she claims the Kreyòl text by her digits, and by no others.
  const translations = phone.page.locator('#translations')
  await translations.locator('summary').click()
  await phone.page.fill('#claim-pin', '111222')
  await phone.page.locator('button[name=claim][value=ht]').click()
  expect(await translations.getByRole('alert').innerText()).toContain('no son tus seis cifras')
  await axeFindsNothing(phone.page, 'digits that are wrong')
  await phone.page.fill('#claim-pin', PIN)
  await phone.page.locator('button[name=claim][value=ht]').click()
  expect(await translations.innerText()).toContain('tu organización pide aprobar el texto')
  expect(await said(), 'her answer about the source stays').toContain('está de acuerdo con este texto')
  await axeFindsNothing(phone.page, 'a language that is hers')

  // Given back only with a tick, and claimed again.
  const giveBack = async (isSure: boolean) => {
    await phone.page.fill('#claim-pin', PIN)
    if (isSure) await phone.page.check('[name=sure][value=ht]')
    await phone.page.locator('button[name=giveBack][value=ht]').click()
  }
  await giveBack(false)
  expect(await translations.getByRole('alert').innerText()).toContain('marca la casilla')
  await giveBack(true)
  await page.goto(`${house.origin}/desk/notices`)
  expect(await main()).toContain('ya no pide aprobar una traducción')
  await phone.page.fill('#claim-pin', PIN)
  await phone.page.locator('button[name=claim][value=ht]').click()

  await page.goto(`${house.origin}/desk/notices`)
  await page.getByRole('link', { name: 'quiere aprobar una traducción' }).first().click()
  expect(await main()).toMatch(/Aurora[^]*sin preguntar/)
  await axeFindsNothing(page, 'the board with a claim')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)

  // The source goes out; the Kreyòl text waits for her.
  const text = (lang: string) => page.locator(`#text-${lang}`)
  await page.goto(`${house.origin}/desk/media/${id}/publish`)
  await text('es').getByRole('button', { name: 'Publicar ahora' }).click()
  expect(await text('ht').innerText()).toContain('Espera el sí de Aurora')
  expect(await text('ht').getByRole('button', { name: 'Publicar ahora' }).count()).toBe(0)
  await axeFindsNothing(page, 'a text that waits for who claimed it')

  const toKreyol = await ask('ht')
  const { body, headers } = await askRaw(house.origin, new URL(toKreyol).pathname, { 'accept-encoding': 'br' })
  expect(body.length + headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)).toBeLessThanOrEqual(MOST_BYTES)
  await phone.page.goto(toKreyol)
  expect(await phone.page.locator('h1').innerText()).toMatch(/aprueba el texto en/)
  expect(await phone.page.locator('form > .deed').first().innerText()).toContain('Nou mande lwa ki pwoteje.')
  await phone.page.locator('summary', { hasText: 'Lo que pedimos' }).click()
  expect(await phone.page.locator('main').innerText()).toContain('Pedimos leyes que protejan.')
  await axeFindsNothing(phone.page, 'asked about a translation')
  await phone.page.fill('#pin', PIN)
  await phone.page.locator('button[value=agreed]').click()
  expect(await said()).toContain('Aurora aprueba el texto en')

  await page.goto(`${house.origin}/desk/media/${id}/publish`)
  await text('ht').getByRole('button', { name: 'Publicar ahora' }).click()
  const address = await text('ht').locator('a[href^="/ht/media/"]').getAttribute('href')
  const public_ = await askRaw(house.origin, address!)
  expect([public_.status, public_.body.toString().includes('Aurora')]).toEqual([200, true])

  // The editor gives a language back only where she says that it was asked for.
  await board()
  const back = row.locator('details', { has: page.locator('form[action="?/giveBack"]') })
  await back.locator('summary').click()
  await back.locator('button').click()
  expect(await page.getByRole('alert').innerText()).toContain('Esto solo se anota si la organización nos lo dijo')
  await back.locator('[name=asked]').check()
  await back.locator('button').click()
  expect(await page.getByRole('status').innerText()).toContain('ya no espera a esta organización')
  expect([...desk.strays, ...phone.strays]).toEqual([])
  await phone.close()
  await desk.close()
}, 240_000)

test('Enter in the six digits sends nothing, and changes nothing: neither an answer nor a language given back', async () => {
  const [home, cumbre] = [await organisation('sede', 'Sede'), await organisation('cumbre', 'Cumbre')]
  const [who, her] = [await person('redactora', 'editor', home), await person('cata', 'delegate', cumbre)]
  const editor = { id: who.id, duties: [{ duty: 'editor', organisationId: home, lang: null }] }
  const cata = { id: her.id, duties: [{ duty: 'delegate', organisationId: cumbre, lang: null }] }
  const [hash, token] = [await hashPassword(PIN), newToken()]
  await act(beside, async (tx) => {
    await writePin(tx, cata.id, hash, now())
    const item = await createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home }, editor.id, now())
    for (const lang of ['es', 'ht', 'pt']) await saveRevision(tx, item, lang, { title: lang, teaser: '', bodyMarkdown: 'Uno.' }, NOTHING_FROZEN, editor.id, now())
    await wishSigner(tx, editor, item, { organisationId: cumbre, isShown: true }, now())
    await askSigner(tx, editor, item, { organisationId: cumbre, delegate: cata, drawn: (await findNewestWords(tx, item))!.hash, tokenHash: hashToken(token), deadline: null, channel: null }, now())
    await claimByLink(tx, hashToken(token), cata, 'ht', now())
  })
  const phone = await as()
  const posts: string[] = []
  phone.page.on('request', (request) => { if (request.method() === 'POST') posts.push(request.postData() ?? '') })
  for (const field of ['#claim-pin', '#pin']) {
    await phone.page.goto(`${house.origin}/agree/${token}`)
    await phone.page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true }))
    await phone.page.fill(field, PIN)
    await phone.page.press(field, 'Enter')
    // A form that is sent leaves the page.
    await phone.page.waitForTimeout(500)
    expect.soft(posts.splice(0).map((body) => body.replace(PIN, '…')), field).toEqual([])
  }
  const claims = await beside.db.read.selectFrom('languageClaim').select(['lang', 'givenBackAt']).where('claimedBy', '=', cata.id).execute()
  expect([claims, await beside.db.read.selectFrom('agreementAnswer').select('answer').where('personId', '=', cata.id).execute()]).toEqual([[{ lang: 'ht', givenBackAt: null }], []])
  await phone.close()
}, 120_000)
