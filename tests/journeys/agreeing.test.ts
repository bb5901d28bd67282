// Three organisations are asked to sign a statement: two answer on telephones without script, one of them if a paragraph changes;
// the change asks again, with only the difference; the third never answers and is left out on record.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { agreementState } from '#rooms/media/server/agreement-queries.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { addOrganisation, recordAgreementToBeShown } from '#rooms/people/server/organisation-actions.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { writePin } from '#rooms/people/server/pin-row-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit, type Visit } from './browser.ts'
import { addDeskPerson, type DeskPerson, PASSWORD, RECOVERY } from './desk-people.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const beside = await openHouseDatabase(house.dataDir)
afterAll(() => beside.close())
const now = () => Temporal.Now.instant()
/** On a telephone with little data: the page with its text, as it comes over the wire, its headers too. */
const MOST_BYTES = 20_000
const PIN = { a: '902514', b: '370286' }

/** Nobody is promised more than this, opening the link included. */
const MOST_TAPS = 3
async function tapper(page: Page, link: string) {
  let taps = 1
  await page.goto(link)
  return { tap: async (what: Locator) => { taps++; await what.click() }, count: () => taps }
}

const organisation = (slug: string, name: string) => act(beside, async (tx) => {
  const words = { name, shortName: null, about: '' }
  const added = await addOrganisation(tx, slug, { texts: { es: words, en: words }, places: [], fields: [], links: [] }, 'operator', now())
  if (!added.added) throw new Error(added.obstacle)
  await recordAgreementToBeShown(tx, added.id, 'operator', now())
  return added.id
})
const person = (name: string, duty: 'editor' | 'delegate', organisationId: string, lang: string) => act(beside, async (tx) => {
  const made = await addDeskPerson(tx, name, duty, { organisationId })
  await tx.updateTable('person').set({ lang }).where('id', '=', made.id).execute()
  return made
})
const as = async (who: DeskPerson | undefined, options: Parameters<typeof visit>[2]) => {
  const visited = await visit(browser, house.origin, options)
  const [name, value] = who?.cookie.split('=') ?? []
  if (name) await visited.page.context().addCookies([{ name, value: value!, url: house.origin }])
  return visited
}

let body = ''
beforeAll(async () => {
  // A text as long as the alliance’s own.
  const rows = await beside.db.read.selectFrom('revision').select('bodyMarkdown').where('lang', '=', 'es').execute()
  body = rows.map((row) => row.bodyMarkdown).filter((text) => text.length > 3000 && text.length < 6000).toSorted((x, y) => y.length - x.length)[0] ?? rows.map((row) => row.bodyMarkdown).join('\n\n').slice(0, 5000)
})
const CONDEMN = 'Condenamos la trata de personas.'
const CHANGED = 'Condenamos la trata de personas y el trabajo forzado.'

describe.each(walked([
  { locale: 'es', viewport: PHONE, said: { added: 'Agregada.', asked: 'preguntada', agreed: 'de acuerdo', ifc: 'de acuerdo si cambia esto', of: '1 de 3', recorded: 'está de acuerdo con este texto', recordedIf: 'si se hacen tus cambios', wrong: 'no son tus seis cifras', only: 'Solo cambió esto', earlier: 'Ya no vale para este', moved: 'El texto cambió', dead: 'ya no está abierto', out: 'Quedó fuera', nothing: 'Nada:', signed: 'Si saliera ahora, firmarían', two: 'que no va con esta respuesta', kept: 'quedaron guardadas', easy: 'se adivinan primero', choose: 'Primero elige tus seis cifras', told: 'Una organización respondió', why: 'Escribe por qué', changed: 'Alguien cambió esto mientras tanto' } },
  { locale: 'en', viewport: DESKTOP, said: { added: 'Added.', asked: 'asked', agreed: 'agreed', ifc: 'agreed if this changes', of: '1 of 3', recorded: 'agrees with this text', recordedIf: 'if your changes are made', wrong: 'not your six digits', only: 'Only this changed', earlier: 'counts no more', moved: 'The text has changed', dead: 'no longer open', out: 'Left out, on record. Its name', nothing: 'Nothing:', signed: 'it would be signed by', two: 'does not go with this answer', kept: 'are kept', easy: 'guessed first', choose: 'First, choose your six digits', told: 'An organisation answered', why: 'Write why', changed: 'Somebody changed this in the meantime' } },
]))('in $locale', ({ locale, viewport, said }) => {
  const names = { a: `Aurora ${locale}`, b: `Brisa ${locale}`, c: `Cumbre ${locale}` }
  let orgs: Record<'a' | 'b' | 'c', string>
  let editor: DeskPerson, ofA: DeskPerson, ofB: DeskPerson
  let itemId = '', desk: Visit
  const links: Record<string, string> = {}
  const write = (condemn: string) => act(beside, (tx) => saveRevision(tx, itemId, 'es', { title: 'Lo que pedimos a los Estados', teaser: '', bodyMarkdown: `${condemn}\n\n${body}` }, NOTHING_FROZEN, editor.id, now()))
  const main = async (page: Page) => page.locator('main').innerText()
  const seenOf = async (personId: string) => (await beside.db.read.selectFrom('agreementAsk').select('seenAt').where('personId', '=', personId).orderBy('id', 'desc').executeTakeFirstOrThrow()).seenAt

  beforeAll(async () => {
    const home = await organisation(`casa-${locale}`, `Casa ${locale}`)
    orgs = { a: await organisation(`aurora-${locale}`, names.a), b: await organisation(`brisa-${locale}`, names.b), c: await organisation(`cumbre-${locale}`, names.c) }
    editor = await person(`editora-${locale}`, 'editor', home, locale)
    ;[ofA, ofB] = [await person(`ana-${locale}`, 'delegate', orgs.a, locale), await person(`bel-${locale}`, 'delegate', orgs.b, locale)]
    await person(`cata-${locale}`, 'delegate', orgs.c, locale)
    const hash = await hashPassword(PIN.b)
    await act(beside, (tx) => writePin(tx, ofB.id, hash, now()))
    itemId = await act(beside, (tx) => createItem(tx, { kind: 'statement', originalLang: 'es', writtenIn: home, keptBy: editor.id }, editor.id, now()))
    await write(CONDEMN)
    desk = await as(editor, { locale, viewport })
  }, 120_000)
  afterAll(() => desk?.close())

  /** Through the board, as the editor does; the link is shown this once. */
  async function ask(which: 'a' | 'b' | 'c') {
    const { page } = desk
    const row = page.locator('.signers > li', { hasText: names[which] })
    await row.locator('details').first().locator('summary').click()
    await row.locator('form[action="?/ask"] button').click()
    links[which] = await page.inputValue('#link')
    expect(await page.inputValue('#message')).toContain(links[which]!)
  }

  test('the editor names three organisations and asks them; each link is shown once', async () => {
    const { page } = desk
    await page.goto(`${house.origin}/desk/media/${itemId}/agree`)
    await axeFindsNothing(page, 'a board without anybody')
    for (const which of ['c', 'a', 'b'] as const) {
      await page.selectOption('select[name=organisation]', orgs[which])
      await page.locator('form[action="?/add"] button').click()
      expect(await page.getByRole('status').innerText()).toContain(said.added)
    }
    for (const which of ['a', 'b', 'c'] as const) await ask(which)
    await axeFindsNothing(page, 'a link, shown once')
    await page.goto(`${house.origin}/desk/media/${itemId}/agree`)
    expect(await page.locator('.signers .st').allInnerTexts()).toEqual([said.asked, said.asked, said.asked])
    expect((await page.content()).includes('/agree/'), 'of a link nothing is kept').toBe(false)
    await axeFindsNothing(page, 'three are asked')
  }, 120_000)

  test('opening a link says nothing for her and uses nothing up; a messenger’s look at it finds nothing to show', async () => {
    const path = new URL(links.b!).pathname
    for (let i = 0; i < 3; i++) await askRaw(house.origin, path, { 'user-agent': 'WhatsApp/2.23' })
    const { status, body: html, header } = await askRaw(house.origin, path)
    expect([status, header('cache-control'), header('x-robots-tag'), header('set-cookie')]).toEqual([200, 'no-store', 'noindex, nofollow', undefined])
    expect(html.toString()).not.toMatch(/og:|twitter:|rel="canonical"|<script/)
    expect(/<title>(.*)<\/title>/.exec(html.toString())![1]).toBe(locale === 'es' ? 'Página' : 'Page')
    expect(await seenOf(ofB.id)).toBeNull()
    expect(await agreementState(beside.db.read, itemId, now())).toMatchObject({ wished: 3, agreed: 0 })
    for (const origin of ['https://evil.example', 'null']) expect((await askRaw(house.origin, path, { 'content-type': 'application/x-www-form-urlencoded', origin }, 'POST', `answer=agreed&pin=${PIN.b}`)).status).toBe(403)
  })

  test('the page and its text weigh little on a telephone, and nothing else is fetched', async () => {
    const { body: bytes, headers } = await askRaw(house.origin, new URL(links.b!).pathname, { 'accept-encoding': 'br' })
    const wire = bytes.length + headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
    console.info(`agreement page (${locale}): ${wire} bytes over the wire, text of ${body.length} signs`)
    expect(wire).toBeLessThanOrEqual(MOST_BYTES)
    const seen = await visit(browser, house.origin, { locale, viewport: PHONE, javaScriptEnabled: true })
    const fetched: string[] = []
    seen.page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
    await seen.page.goto(links.b!)
    expect(fetched.filter((one) => !/^\/agree\/|^\/mark\.svg$/.test(one))).toEqual([])
    await seen.close()
  }, 60_000)

  test('without digits a delegate is told how to choose them; easy ones are refused', async () => {
    const { page, close } = await as(ofA, { locale, viewport: PHONE })
    await page.goto(links.a!)
    expect(await main(page)).toContain(said.choose)
    await axeFindsNothing(page, 'without digits')
    expect(await seenOf(ofA.id), 'signed in as herself, she has it before her').not.toBeNull()
    await page.locator('main a.go').click()
    await axeFindsNothing(page, 'choosing digits')
    for (const [pin, code] of [['123456', RECOVERY[0]!], [PIN.a, RECOVERY[0]!]] as const) {
      await page.fill('#present', PASSWORD)
      await page.fill('#proof', code)
      await page.fill('#pin', pin)
      await page.locator('main form button').click()
      if (pin === '123456') expect(await page.locator('#pin-bad').innerText()).toContain(said.easy)
    }
    expect(await page.getByRole('status').innerText()).toContain(said.kept)
    await close()
  }, 120_000)

  test('one agrees in three taps, scripts on; a wrong number keeps what was typed', async () => {
    const phone = await as(undefined, { locale: 'fr', viewport: PHONE, javaScriptEnabled: true })
    const { page } = phone
    await page.goto(links.a!)
    expect(await page.locator('html').getAttribute('lang'), 'her language, whatever the browser’s').toBe(locale)
    await axeFindsNothing(page, 'asked')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => (document.activeElement as HTMLAnchorElement).href), 'the way out comes first').toBe('https://www.wikipedia.org/')
    // A no that she thinks over: her reason is kept while the digits are wrong.
    await page.locator('details:has([name=why]) > summary').click()
    await page.fill('#why', 'Nuestra asamblea es en enero.')
    await page.fill('#pin', '111222')
    await page.locator('button[value=declined]').click()
    expect(await page.getByRole('alert').innerText()).toContain(said.wrong)
    expect(await page.inputValue('#why')).toBe('Nuestra asamblea es en enero.')
    await axeFindsNothing(page, 'wrong digits')
    await page.fill('#pin', PIN.a)
    await page.locator('button[value=agreed]').click()
    expect(await page.getByRole('alert').innerText(), 'a yes beside a reason is asked about').toContain(said.two)

    const { tap, count } = await tapper(page, links.a!)
    await tap(page.locator('#pin'))
    await page.keyboard.type(PIN.a)
    await tap(page.locator('button[value=agreed]'))
    expect(await page.getByRole('status').innerText()).toContain(said.recorded)
    expect(page.url(), 'sent again by nobody who reloads').toBe(links.a)
    console.info(`taps to an agreement, opening the link included: ${count()}`)
    expect(count()).toBeLessThanOrEqual(MOST_TAPS)
    await axeFindsNothing(page, 'recorded')
    expect(phone.strays).toEqual([])
    await phone.close()
  }, 120_000)

  test('one agrees if a paragraph changes, scripts off', async () => {
    const phone = await as(undefined, { locale, viewport: PHONE })
    const { page } = phone
    await page.goto(links.b!)
    await page.fill('#pin', PIN.b)
    await page.locator('button[value=agreed-if]').click()
    expect(await page.getByRole('alert').count(), 'an if without a change is asked about').toBe(1)
    const piece = page.locator('details', { has: page.locator('textarea', { hasText: CONDEMN }) })
    await piece.locator('summary').click()
    await piece.locator('textarea').fill(CHANGED)
    await axeFindsNothing(page, 'a paragraph to change')
    await page.fill('#pin', PIN.b)
    await page.locator('button[value=agreed-if]').click()
    expect(await page.getByRole('status').innerText()).toContain(said.recordedIf)
    expect(phone.strays).toEqual([])
    await phone.close()
  }, 120_000)

  test('the board says where each stands, and the editor is told', async () => {
    const { page } = desk
    await page.goto(`${house.origin}/desk/notices`)
    expect(await main(page)).toContain(said.told)
    await page.getByRole('link', { name: said.told }).first().click()
    expect(await page.locator('.signers .st').allInnerTexts()).toEqual([said.agreed, said.ifc, said.asked])
    expect(await page.locator('.deskhead').innerText()).toContain(said.of)
    expect(await page.locator('.signers blockquote').innerText()).toBe('Condenamos la trata de personas.personas y el trabajo forzado.')
    await axeFindsNothing(page, 'answers on the board')
  }, 60_000)

  test('the change asks again, with only the difference; the earlier yes stays on record', async () => {
    await write(CHANGED)
    const { page } = desk
    await page.goto(`${house.origin}/desk/media/${itemId}/agree`)
    expect((await main(page)).match(new RegExp(said.earlier, 'g'))).toHaveLength(2)
    const old = await as(undefined, { locale, viewport: PHONE })
    await old.page.goto(links.a!)
    expect(await main(old.page)).toContain(said.moved)
    await axeFindsNothing(old.page, 'a text that changed')
    const before = { ...links }
    for (const which of ['a', 'b'] as const) await ask(which)
    const hers = { 'accept-language': locale }
    const dead = await askRaw(house.origin, new URL(before.a!).pathname, hers)
    expect([dead.status, dead.body.toString().includes(said.dead)]).toEqual([404, true])
    expect(bytesOf(await askRaw(house.origin, `/agree/${'x'.repeat(43)}`, hers)), 'a link that never was').toBe(bytesOf(dead))

    for (const which of ['a', 'b'] as const) {
      const phone = await as(undefined, { locale, viewport: PHONE, javaScriptEnabled: which === 'a' })
      const { tap, count } = await tapper(phone.page, links[which]!)
      expect(await phone.page.locator('h1').innerText()).toBe(said.only)
      expect([await phone.page.locator('.deed ins').first().innerText(), await phone.page.locator('.deed p[lang], form > .deed p').filter({ hasText: 'Condenamos' }).count()]).toEqual(['personas y el trabajo forzado.', 1])
      await axeFindsNothing(phone.page, 'only what changed')
      await tap(phone.page.locator('#pin'))
      await phone.page.keyboard.type(PIN[which])
      await tap(phone.page.locator('button[value=agreed]'))
      expect(await phone.page.getByRole('status').innerText()).toContain(said.recorded)
      expect(count()).toBeLessThanOrEqual(MOST_TAPS)
      await phone.close()
    }
    await old.close()
  }, 120_000)

  test('who never answers is left out on record, and then nothing is missing', async () => {
    const { page } = desk
    await page.goto(`${house.origin}/desk/media/${itemId}/agree`)
    expect((await agreementState(beside.db.read, itemId, now())).openIds).toEqual([orgs.c])
    const leave = page.locator('.signers > li', { hasText: names.c }).locator('details:has([name=why])')
    await leave.locator('summary').click()
    await leave.locator('button').click()
    expect(await page.getByRole('alert').innerText()).toContain(said.why)
    await page.fill(`[id="why-${orgs.c}"]`, 'No respondió a tres mensajes.')
    await leave.locator('button').click()
    expect(await page.getByRole('status').innerText()).toContain(said.out)
    expect(await page.locator('aside').innerText()).toMatch(new RegExp(`${said.nothing}[^]*${said.signed}[^]*${names.a}[^]*${names.b}`))
    await axeFindsNothing(page, 'nothing is missing')
    expect(await agreementState(beside.db.read, itemId, now())).toEqual({ wished: 2, agreed: 2, openIds: [] })
    expect(desk.strays).toEqual([])
  }, 60_000)

  test('whoever guesses at her digits is slowed, and she is told once', async () => {
    const told = async () => (await beside.db.read.selectFrom('deskNotice').select('id').where('personId', '=', ofB.id).where('kind', '=', 'pin-guessed').execute()).length
    const before = await beside.db.read.selectFrom('agreementAnswer').select('id').execute()
    for (let i = 1; i <= 8; i++) {
      const form = new URLSearchParams({ answer: 'agreed', pin: `90251${i}` }).toString()
      const answer = await askRaw(house.origin, new URL(links.b!).pathname, { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: house.origin }, 'POST', form)
      expect([answer.status, await told()], `guess ${i}`).toEqual([400, i < 6 ? 0 : 1])
    }
    expect(await beside.db.read.selectFrom('agreementAnswer').select('id').execute()).toEqual(before)
  }, 120_000)

  test('delegates, other organisations and readers find no board', async () => {
    for (const who of [ofA, ofB]) expect((await askRaw(house.origin, `/desk/media/${itemId}/agree`, { cookie: who.cookie })).status).toBe(404)
    expect((await askRaw(house.origin, `/desk/media/${itemId}/agree`)).status).toBe(303)
  })
})
