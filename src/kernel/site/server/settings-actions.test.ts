import { beforeEach, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { pageMark, rewriteFixedPage } from '#kernel/site/server/page-actions.ts'
import { saveSettings } from '#kernel/site/server/settings-actions.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { findPageText, findSite } from '#kernel/site/server/site-queries.ts'
import { readSettings, type Written, writtenSettings } from '#kernel/site/settings-form.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { findZone } from '#kernel/when/zone.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T12:00:00Z')
const WHO = '0199f6a0-0000-7000-8000-000000000001'
const places = { all: ['home', 'media', 'about'], first: ['media', 'about'] }
const dropped: string[] = []
const house = { db, pages: { drop: (tags: string[]) => void dropped.push(...tags) } }
const site = async () => (await findSite(db.read))!
const drawn = async () => writtenSettings(await site(), places)
const entries = async () => (await db.read.selectFrom('auditEntry').select(['act', 'actor', 'detail']).orderBy('id').execute()).filter(({ act }) => act !== 'found-site')
/** Sends a form that was drawn from this, with some answers changed. */
function send(from: Written, changed: Written) {
  const { changes, problems } = readSettings({ ...from, ...changed }, from, { findZone, places })
  if (problems.length > 0) throw new Error(problems.join())
  return act(house, (tx) => saveSettings(tx, { changes, drawn: from }, places, WHO, now))
}

beforeEach(async () => {
  await db.transaction(async (tx) => {
    for (const table of ['site', 'siteText', 'sitePage', 'auditEntry'] as const) await tx.deleteFrom(table).execute()
  })
  await act(house, (tx) => foundSite(tx, { zone: 'UTC' }, now))
  dropped.length = 0
})

test('both names of a language are set by one form, each with its entry, and pages are drawn anew', async () => {
  expect(await send(await drawn(), { 'name.es': 'Alianza por los Derechos', 'short_name.es': 'Alianza', menu: 'about,media' })).toEqual({ saved: 3 })
  expect(await site()).toMatchObject({ names: { es: { name: 'Alianza por los Derechos', shortName: 'Alianza' } }, menu: ['about', 'media'] })
  expect(await entries()).toEqual([
    { act: 'set-site', actor: WHO, detail: { key: 'name', value: 'Alianza por los Derechos', lang: 'es' } },
    { act: 'set-site', actor: WHO, detail: { key: 'shortName', value: 'Alianza', lang: 'es' } },
    { act: 'set-site', actor: WHO, detail: { key: 'menu', value: ['about', 'media'] } },
  ])
  expect(dropped).toContain('site')
})

test('of two forms drawn from the same, the later does not write over the earlier in silence, and other settings do not wait for it', async () => {
  const both = await drawn()
  expect(await send(both, { colour: '#111111' })).toEqual({ saved: 1 })
  expect(await send(both, { colour: '#222222', 'contact.email': 'contact@example.org' })).toEqual({ meanwhile: { colour: '#111111' } })
  expect(await site()).toMatchObject({ colour: '#111111', contact: {} })
  expect(await send(both, { 'contact.email': 'contact@example.org' })).toEqual({ saved: 1 })
  expect(await site()).toMatchObject({ colour: '#111111', contact: { email: 'contact@example.org' } })
  expect(await send({ ...both, colour: '#111111' }, { colour: '#222222' }), 'knowingly').toEqual({ saved: 1 })
  expect(await send(both, { colour: '#222222' }), 'both want the same').toEqual({ saved: 0 })
})

test('two that come at once take turns', async () => {
  const both = await drawn()
  const outcomes = await Promise.all([send(both, { colour: '#111111' }), send(both, { colour: '#222222' })])
  expect(outcomes.map((one) => Object.keys(one)[0]).sort()).toEqual(['meanwhile', 'saved'])
})

test('a new first language is switched on by the same form; one that is not switched on is refused, and nothing is written', async () => {
  expect(await send(await drawn(), { languages: 'en', default_language: 'en' })).toEqual({ saved: 2 })
  expect(await send(await drawn(), { default_language: 'fr', colour: '#111111' })).toEqual({ problems: ['default_language'] })
  expect(await send(await drawn(), { languages: 'ht,es' })).toEqual({ problems: ['default_language'] })
  expect(await site()).toMatchObject({ languages: ['en'], defaultLanguage: 'en', colour: null })
})

const write = (lang: string, bodyMarkdown: string, mark: string) => act(house, (tx) => rewriteFixedPage(tx, { key: 'about', lang }, { title: 'Quiénes somos', bodyMarkdown }, mark, WHO, now))
const markOf = async (lang: string) => pageMark(await findPageText(db.read, 'about', lang))

test('a page is written over the one that was read, and over no other', async () => {
  expect(await write('es', 'Uno.', '')).toBeNull()
  const read = await markOf('es')
  expect(await write('es', 'Dos.', read)).toBeNull()
  expect(await write('es', 'Tres.', read)).toBe('changed-meanwhile')
  expect(await write('es', 'Tres.', ''), 'as if there were none').toBe('changed-meanwhile')
  expect((await findPageText(db.read, 'about', 'es'))?.bodyMarkdown).toBe('Dos.')
  expect(await write('es', 'Dos.', read), 'says so already').toBeNull()
  expect((await entries()).length).toBe(2)
  expect(await write('qu', 'Uno.', ''), 'a language that is not switched on').toBe('not-switched-on')
})

test('a page that came with the program is the alliance’s once it was saved, also word for word', async () => {
  const text = { title: 'Quiénes somos', bodyMarkdown: 'Vino.' }
  await db.transaction((tx) => tx.insertInto('sitePage').values({ key: 'about', lang: 'es', ...text, bodyHtml: '', renderer: 'x', isStarter: true }).execute())
  expect(await write('es', 'Vino.', pageMark(text))).toBeNull()
  expect(await findPageText(db.read, 'about', 'es')).toEqual({ ...text, isStarter: false })
})
