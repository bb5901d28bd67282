import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import { act } from '#kernel/database/act.ts'
import { closeSite, foundSite, openSite, setSite } from '#kernel/site/server/site-actions.ts'
import { findFixedPage, findSite } from '#kernel/site/server/site-queries.ts'
import { pagesStarter } from '#kernel/site/server/starter.ts'
import type { SettingChange } from '#kernel/site/setting.ts'
import { FIXED_PAGES, siteName } from '#kernel/site/site.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const dropped: string[] = []
const house = { db, pages: { drop: (tags: string[]) => void dropped.push(...tags) } }
const set = (change: SettingChange) => act(house, (tx) => setSite(tx, change, OPERATOR, now))
const site = async () => (await findSite(db.read))!
const acts = async () => (await db.read.selectFrom('auditEntry').select(['act', 'detail']).orderBy('id').execute())

beforeEach(async () => {
  await db.transaction(async (tx) => {
    for (const table of ['site', 'siteText', 'sitePage', 'auditEntry'] as const) await tx.deleteFrom(table).execute()
  })
  await act(house, (tx) => foundSite(tx, { zone: 'America/Bogota' }, now))
  dropped.length = 0
})

test('a new installation is closed, speaks five languages, and poses as nobody', async () => {
  const found = await site()
  expect(found).toEqual({
    names: {}, languages: ['en', 'es', 'pt', 'fr', 'ht'], defaultLanguage: 'es', zone: 'America/Bogota',
    colour: null, contact: {}, menu: [], source: null, identity: expect.stringMatching(/^[0-9a-f-]{36}$/), openedAt: null,
  })
  for (const lang of found.languages) expect(siteName(found, lang)).toEqual({ name: 'Altavoz', shortName: 'Altavoz' })
})

test('a second start founds nothing', async () => {
  await set({ key: 'name', lang: 'es', value: 'Alianza' })
  expect(await act(house, (tx) => foundSite(tx, { zone: 'UTC' }, now))).toBe(false)
  expect(siteName(await site(), 'es').name).toBe('Alianza')
})

test('two first starts at once found one site', async () => {
  await db.transaction((tx) => tx.deleteFrom('site').execute())
  const founding = () => act(house, (tx) => foundSite(tx, { zone: undefined }, now))
  expect((await Promise.all([founding(), founding()])).sort()).toEqual([false, true])
})

test('opening and closing are facts with a moment, written down, and pages are drawn anew', async () => {
  expect(await act(house, (tx) => openSite(tx, OPERATOR, now))).toBe(true)
  expect((await site()).openedAt?.equals(now)).toBe(true)
  expect(dropped).toEqual(['site'])
  expect(await act(house, (tx) => openSite(tx, OPERATOR, now.add({ seconds: 1 })))).toBe(false)
  expect((await site()).openedAt?.equals(now)).toBe(true)
  expect(await act(house, (tx) => closeSite(tx, OPERATOR, now))).toBe(true)
  expect(await act(house, (tx) => closeSite(tx, OPERATOR, now))).toBe(false)
  expect((await site()).openedAt).toBeNull()
  expect((await acts()).map((entry) => entry.act)).toEqual(['found-site', 'open-site', 'close-site'])
})

test('every setting is kept, and set again to nothing where nothing is allowed', async () => {
  await set({ key: 'name', lang: 'es', value: 'Alianza por los Derechos' })
  await set({ key: 'shortName', lang: 'es', value: 'Alianza' })
  await set({ key: 'languages', value: ['es', 'ht'] })
  await set({ key: 'defaultLanguage', value: 'ht' })
  await set({ key: 'zone', value: 'America/Port-au-Prince' })
  await set({ key: 'colour', value: '#123456' })
  await set({ key: 'email', value: 'contacto@example.org' })
  await set({ key: 'menu', value: ['about', 'media'] })
  await set({ key: 'source', value: 'https://git.example.org/altavoz' })
  expect(await site()).toMatchObject({
    names: { es: { name: 'Alianza por los Derechos', shortName: 'Alianza' } }, languages: ['es', 'ht'],
    defaultLanguage: 'ht', zone: 'America/Port-au-Prince', colour: '#123456', contact: { email: 'contacto@example.org' },
    menu: ['about', 'media'], source: 'https://git.example.org/altavoz',
  })
  await set({ key: 'email', value: '' })
  await set({ key: 'colour', value: '' })
  await set({ key: 'menu', value: [] })
  await set({ key: 'source', value: '' })
  expect(await site()).toMatchObject({ contact: {}, colour: null, menu: [], source: null })
})

test('a site keeps its identity whatever is set, and no two have the same', async () => {
  const { identity } = await site()
  await set({ key: 'name', lang: 'es', value: 'Alianza' })
  await set({ key: 'source', value: 'https://git.example.org/altavoz' })
  expect((await site()).identity).toBe(identity)
  await db.transaction((tx) => tx.deleteFrom('site').execute())
  await act(house, (tx) => foundSite(tx, { zone: undefined }, now))
  expect((await site()).identity).not.toBe(identity)
})

test('a language without a name of its own shows the default language’s', async () => {
  await set({ key: 'name', lang: 'es', value: 'Alianza por los Derechos' })
  expect(siteName(await site(), 'pt').name).toBe('Alianza por los Derechos')
  await set({ key: 'shortName', lang: 'pt', value: 'Aliança' })
  expect(siteName(await site(), 'pt')).toEqual({ name: 'Alianza por los Derechos', shortName: 'Aliança' })
})

test('a setting that contradicts another is refused, and nothing changes', async () => {
  const before = await site()
  expect(await set({ key: 'languages', value: ['en', 'pt'] })).toMatchObject({ isSet: false, obstacle: expect.stringContaining('es is the default') })
  await set({ key: 'languages', value: ['es'] })
  expect(await set({ key: 'defaultLanguage', value: 'fr' })).toMatchObject({ isSet: false, obstacle: expect.stringContaining('site set languages es,fr') })
  expect(await site()).toEqual({ ...before, languages: ['es'] })
  expect((await acts()).map((entry) => entry.act)).toEqual(['found-site', 'set-site'])
})

test('setting what is so already writes nothing down', async () => {
  expect(await set({ key: 'zone', value: 'America/Bogota' })).toEqual({ isSet: true, isNew: false })
  expect(await set({ key: 'menu', value: [] })).toEqual({ isSet: true, isNew: false })
  expect(await set({ key: 'source', value: '' })).toEqual({ isSet: true, isNew: false })
  expect(await acts()).toHaveLength(1)
  expect(dropped).toEqual([])
})

test('the log of acts holds no mail address', async () => {
  await set({ key: 'email', value: 'rosa.maria@example.org' })
  expect(JSON.stringify(await acts())).not.toContain('rosa')
})

test('another menu or another source draws every page of the site anew', async () => {
  await set({ key: 'menu', value: ['media'] })
  await set({ key: 'source', value: 'https://git.example.org/altavoz' })
  expect(dropped).toEqual(['site', 'site'])
})

test('a change of zone or of languages draws every page anew', async () => {
  await set({ key: 'zone', value: 'America/Lima' })
  expect(dropped).toEqual(['*'])
})

test('two operators who set two things at once both succeed', async () => {
  await Promise.all([set({ key: 'name', lang: 'en', value: 'Alliance' }), set({ key: 'shortName', lang: 'en', value: 'All' })])
  expect((await site()).names['en']).toEqual({ name: 'Alliance', shortName: 'All' })
})

test('the fixed pages stand in every language, marked as starter content, and in no other language’s place', async () => {
  await act(house, (tx) => pagesStarter.load(tx, { folder: join(import.meta.dirname, '../../../../starter'), blobs: { write: () => { throw new Error('a page has no files') } } }, now))
  for (const key of FIXED_PAGES) {
    for (const lang of (await site()).languages) {
      const page = await findFixedPage(db.read, key, lang)
      expect(page).toMatchObject({ key, lang, isStarter: true })
      expect(page!.title).not.toBe('')
      expect(page!.bodyHtml).toContain('<p')
    }
    expect(await findFixedPage(db.read, key, 'gn')).toBeUndefined()
  }
})
