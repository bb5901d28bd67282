// A steward reads the activity log, narrows it and goes back page by page, without script. Of what an entry holds she sees
// only what a list allows.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ACTS } from '#kernel/audit/acts.ts'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { axeFindsNothing } from './axe-of-page.ts'
import { DESKTOP, PHONE, visit } from './browser.ts'
import { addDeskPerson } from './desk-people.ts'
import { enterByLink } from './enter-by-link.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'
import { askRaw } from './raw-request.ts'
import { walked } from './walked.ts'

const { house, browser } = await houseAndBrowser()

test.each(walked([
  { locale: 'es', viewport: PHONE, title: 'Historial de actividad', ended: 'Quitó el acceso a una persona', narrow: 'Filtrar la lista', find: 'Buscar', none: 'No hay ninguna anotación así', wrong: 'Elige qué tiene este número', older: 'Anotaciones anteriores', newest: 'Anotaciones más recientes', day: 'Escribe un día', sealed: 'La última anotación sellada es la', did: /^Lo que hizo esta persona/ },
  { locale: 'en', viewport: DESKTOP, title: 'Activity log', ended: 'Ended somebody’s access', narrow: 'Narrow the list', find: 'Find', none: 'There is no such entry', wrong: 'Choose what has this number', older: 'Older entries', newest: 'Newest entries', day: 'Write a day', sealed: 'The last sealed entry is', did: /^What this person did/ },
]))('a steward reads the log, narrows it and goes back in it, without script ($locale)', async ({ locale, viewport, title, ended, narrow, find, none, wrong, older, newest, day, sealed, did }) => {
  const { page, strays, close } = await visit(browser, house.origin, { locale, viewport })
  await enterByLink(page, /^http\S+\/desk\/in\/\S+$/m.exec(await house.altavoz('steward-link'))![0], `log-${locale}`)
  const beside = await openHouseDatabase(house.dataDir)
  const steward = await beside.db.read.selectFrom('person').select('id').where('signInName', '=', `log-${locale}`).executeTakeFirstOrThrow()
  const luz = await act(beside, (tx) => addDeskPerson(tx, `luz-${locale}`, 'steward'))
  await act(beside, (tx) => letGo(tx, { is: 'person', id: steward.id, sessionId: newId(), duties: [] }, luz.id, Temporal.Now.instant()))

  await page.goto(`${house.origin}/desk/settings`)
  await page.locator('main a[href="/desk/log"]').click()
  expect(await page.locator('h1').innerText()).toBe(title)
  const rows = page.locator('.log tbody tr:not(.day)')
  expect(await rows.count()).toBe(50)
  const first = await rows.first().innerText()
  for (const told of [ended, `log-${locale}`, `luz-${locale}`]) expect(first).toContain(told)
  expect(await page.locator('main').innerText()).toMatch(new RegExp(`${sealed} .*\\d`))
  expect(await page.locator('main').innerText()).toContain('bin/altavoz audit verify')
  await axeFindsNothing(page, 'the log')

  const numberOf = async (at: number) => Number(await rows.nth(at).locator('.num span').innerText())
  const last = await numberOf(49)
  await page.getByRole('link', { name: older }).click()
  expect(await numberOf(0)).toBe(last - 1)
  await page.getByRole('link', { name: newest }).click()
  expect(await rows.first().innerText()).toContain(ended)

  await page.getByText(narrow, { exact: true }).click()
  await page.selectOption('#act', 'let-go')
  await page.selectOption('#by', steward.id)
  await page.getByRole('button', { name: find }).click()
  expect(await rows.count()).toBe(1)
  await axeFindsNothing(page, 'the log, narrowed')
  await page.selectOption('#act', 'close-site')
  await page.getByRole('button', { name: find }).click()
  expect(await page.locator('main').innerText()).toContain(none)
  await axeFindsNothing(page, 'the log, where nothing is found')

  await page.goto(`${house.origin}/desk/log?act=let-go&id=${luz.id}&from=2026-02-30`)
  expect(await page.locator('#kind-bad').innerText()).toContain(wrong)
  expect(await page.locator('#from-bad').innerText()).toContain(day)
  expect([await page.inputValue('#act'), await page.inputValue('#id'), await page.inputValue('#from')], 'what was typed is kept').toEqual(['let-go', luz.id, '2026-02-30'])
  expect(await rows.count()).toBe(0)
  await axeFindsNothing(page, 'the log, to be mended')

  await page.goto(`${house.origin}/desk/people/${luz.id}`)
  await page.locator(`a[href="/desk/log?kind=person&id=${luz.id}"]`).click()
  expect(await rows.first().innerText()).toContain(ended)
  await rows.first().locator('td a').last().click()
  expect(new URL(page.url()).pathname).toBe(`/desk/people/${luz.id}`)
  await page.getByRole('link', { name: did }).click()
  expect(await page.locator('main').innerText()).toContain(none)
  expect(strays).toEqual([])
  await beside.close()
  await close()
}, 300_000)

test('whatever an entry holds, only what the list allows reaches the page, and an older version’s entry is shown too', async () => {
  const beside = await openHouseDatabase(house.dataDir)
  const her = await act(beside, (tx) => addDeskPerson(tx, 'reads-the-log', 'steward'))
  const HOSTILE = ['203.0.113.77', '2001:db8::77', 'ana@hostile.example', 'zz-token-Zm9vYmFy', 'a-secret-sentence']
  const fields = ['lang', 'duty', 'key', 'choice', 'from', 'into', 'organisationId', 'speaksFor', 'entryLinkId', 'proposalId', 'address', 'ip', 'token', 'hash', 'value', 'note', 'mail', 'reason', 'why', 'name']
  // `into` is a topic's word, and may be any: only what is no such word must stay out there.
  const detail = (value: string) => JSON.stringify(Object.fromEntries(fields.filter((field) => field !== 'into' || !/^[a-z0-9-]+$/.test(value)).map((field) => [field, value])))
  await act(beside, async (tx) => {
    for (const one of [...ACTS, 'dance-of-an-older-version']) {
      for (const value of HOSTILE) await sql`insert into audit_entry (at, actor, act, subject, detail) values (now(), 'operator', ${one}, ${`person:${value}`}, ${detail(value)}::jsonb)`.execute(tx)
    }
    for (const value of HOSTILE) await sql`insert into audit_entry (at, actor, act, subject) values (now(), ${value}, ${`${value}!`}, ${`reader:${value}`})`.execute(tx)
  })
  let seen = ''
  for (let path: string | undefined = '/desk/log'; path;) {
    const answer = await askRaw(house.origin, path, { cookie: her.cookie })
    expect(answer.status).toBe(200)
    const body = answer.body.toString()
    seen += body + (await askRaw(house.origin, path.replace('/desk/log', '/desk/log/__data.json'), { cookie: her.cookie })).body.toString()
    path = /href="(\/desk\/log\?before=\d+)"/.exec(body)?.[1]
    if (seen.length > 20_000_000) throw new Error('the log does not end')
  }
  expect(seen).toContain('dance-of-an-older-version')
  for (const value of HOSTILE) expect(seen.includes(value), value).toBe(false)
  await beside.close()
}, 120_000)
