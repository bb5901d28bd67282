// She loses her phone and with it her way in: she asks, two colleagues hear her voice and confirm, she comes back.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { type Standing, standingPerson } from '#rooms/people/server/testing/standing-person.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { type HouseDatabase, openHouseDatabase } from './house-database.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { askRaw } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()
const PASSWORD = 'cuatro palabras bien seguidas'
const now = () => Temporal.Now.instant()
const people: Record<string, Standing> = {}
let beside: HouseDatabase

beforeAll(async () => {
  beside = await openHouseDatabase(house.dataDir)
  for (const locale of ['es', 'en']) {
    const organisation = await act(beside, (tx) => addOrganisation(tx, `organisation-${locale}`, { texts: { en: { name: `Organisation ${locale}`, shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now()))
    if (!organisation.added) throw new Error(organisation.obstacle)
    for (const name of ['luz', 'ana', 'eva']) people[`${name}-${locale}`] = await standingPerson(beside.db, `${name}-${locale}`, 'editor', organisation.id, now(), { lang: locale })
  }
  await beside.close()
}, 60_000)
afterAll(() => beside.close())

const signedIn = async (who: Standing, locale: string, viewport = PHONE) => {
  const visited = await visit(browser, house.origin, { locale, viewport })
  await visited.page.context().addCookies([{ name: 'altavoz', value: who.token, url: house.origin }])
  return visited
}
const path = (page: Page) => new URL(page.url()).pathname

test.each(walked([
  { locale: 'es', viewport: PHONE, said: { lost: 'Ya no puedo iniciar sesión', ask: 'Pedir volver a entrar', look: 'Volver a mirar', confirm: 'Confirmar', wrong: 'No cambió nada', done: 'Ya confirmaste', back: 'Entrar de nuevo', short: 'demasiado corta', codes: 'Códigos de recuperación', over: 'Esta página no deja entrar', give: 'Dar el código de recuperación' } },
  { locale: 'en', viewport: DESKTOP, said: { lost: 'I cannot sign in any more', ask: 'Ask to come back in', look: 'Look again', confirm: 'Confirm', wrong: 'Nothing was changed', done: 'You have confirmed', back: 'Come in again', short: 'too short', codes: 'Recovery codes', over: 'This page lets nobody in', give: 'Give the recovery code' } },
]))('she loses the phone, asks, two colleagues confirm, and she comes back, without script ($locale)', async ({ locale, viewport, said }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  const luz = people[`luz-${locale}`]!
  await page.goto(`${house.origin}/desk/sign-in`)
  await page.getByRole('link', { name: said.lost }).click()
  await axeFindsNothing(page, 'asking')
  await page.fill('#name', luz.signInName)
  await page.getByRole('button', { name: said.ask }).click()
  expect(path(page)).toMatch(/^\/desk\/recover\/[\w-]{48}$/)
  const spoken = (await page.locator('.spoken').innerText()).replace(' ', '')
  expect(spoken).toMatch(/^\d{6}$/)
  await axeFindsNothing(page, 'waiting')
  await page.fill('#recovery', 'no-such-code')
  await page.getByRole('button', { name: said.give }).click()
  expect(await page.locator('#recovery-bad').innerText()).toContain(said.wrong)
  await axeFindsNothing(page, 'waiting, with a wrong recovery code')

  for (const name of ['ana', 'eva']) {
    const hers = await signedIn(people[`${name}-${locale}`]!, locale, viewport)
    await hers.page.goto(`${house.origin}/desk`)
    await axeFindsNothing(hers.page, 'what waits for a colleague')
    await hers.page.locator(`.todo a[href="/desk/colleagues/${luz.id}"]`).click()
    await axeFindsNothing(hers.page, 'confirming')
    await hers.page.fill('#code', String((Number(spoken) + 1) % 1_000_000).padStart(6, '0'))
    await hers.page.getByRole('button', { name: said.confirm, exact: true }).click()
    expect(await hers.page.locator('#code-bad').innerText()).toContain(said.wrong)
    await axeFindsNothing(hers.page, 'a wrong code')
    await hers.page.fill('#code', `${spoken.slice(0, 3)} ${spoken.slice(3)}`)
    await hers.page.getByRole('button', { name: said.confirm, exact: true }).click()
    expect(await hers.page.getByRole('status').innerText()).toContain(said.done)
    expect(hers.strays).toEqual([])
    await hers.close()
  }

  await page.getByRole('link', { name: said.look }).click()
  await axeFindsNothing(page, 'confirmed')
  const address = page.url().split('?')[0]!
  const key = (await page.locator('.key').innerText()).replaceAll(' ', '')
  expect((await fetch(`${address}/key.png`)).headers.get('content-type')).toBe('image/png')
  await page.fill('#password', 'short')
  await page.fill('#code', codeOf(key, now()))
  await page.getByRole('button', { name: said.back }).click()
  expect(await page.locator('#password-bad').innerText()).toContain(said.short)
  await axeFindsNothing(page, 'confirmed, with something to mend')
  await page.fill('#password', PASSWORD)
  await page.fill('#code', codeOf(key, now()))
  await page.getByRole('button', { name: said.back }).click()
  expect(await page.locator('h1').innerText()).toBe(said.codes)
  expect(await page.locator('.codes li').count()).toBe(10)
  await axeFindsNothing(page, 'her new recovery codes')
  await page.goto(`${house.origin}/desk`)
  expect(path(page)).toBe('/desk')

  const old = await signedIn(luz, locale)
  await old.page.goto(`${house.origin}/desk`)
  expect(path(old.page), 'the session on the lost phone is over').toBe('/desk/sign-in')
  await old.close()
  expect((await page.goto(address))!.status()).toBe(404)
  expect(await page.locator('h1').innerText()).toBe(said.over)
  await axeFindsNothing(page, 'a page that was used')
  expect(strays).toEqual([])
  expect(house.printed(), 'no log line holds the address').not.toContain(address.split('/').at(-1))
  await close()
}, 240_000)

test('a name that nobody has answers as hers does, in every byte but address and digits, also after she was refused', async () => {
  const ana = people['ana-en']!
  const form = (where: string, fields: Record<string, string>, cookie = '') =>
    askRaw(house.origin, where, { origin: house.origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': 'en', cookie }, 'POST', new URLSearchParams(fields).toString())
  const eva = people['eva-en']!
  const places = await Promise.all([eva.signInName, 'nobody-here'].map(async (name) => {
    const answer = await form('/desk/recover', { name })
    expect(answer.status).toBe(303)
    return answer.header('location')!
  }))
  const bare = (body: Buffer, at: string) => body.toString().replaceAll(at, 'AT').replace(/>\d{3} \d{3}</, '>DIGITS<')
  const shown = async () => {
    const looked = await Promise.all(places.map(async (at) => bare((await askRaw(house.origin, at, { 'accept-language': 'en' })).body, at)))
    const given = await Promise.all(places.map(async (at) => bare((await form(`${at}?/code`, { recovery: 'no-such-code' })).body, at)))
    const pictures = await Promise.all(places.map(async (at) => bare((await askRaw(house.origin, `${at}/key.png`)).body, at)))
    return [looked, given, pictures]
  }
  const before = await shown()
  for (const pair of before) expect(pair[0]).toBe(pair[1])
  expect(before[0]![0]).not.toMatch(/eva-en|Organisation/)
  const refused = await form(`/desk/colleagues/${eva.id}?/refuse`, { sure: 'on' }, `altavoz=${ana.token}`)
  expect(refused.status).toBe(200)
  expect(await shown()).toEqual(before)
})

test('who may not help her is told nothing', async () => {
  await askRaw(house.origin, '/desk/recover', { origin: house.origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, 'POST', `name=${people['luz-en']!.signInName}`)
  const stranger = people['ana-es']!
  const answer = await askRaw(house.origin, `/desk/colleagues/${people['luz-en']!.id}`, { cookie: `altavoz=${stranger.token}` })
  expect(answer.status).toBe(404)
})
