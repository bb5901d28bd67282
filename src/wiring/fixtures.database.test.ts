// Data folders of every schema that there was, each brought up to the newest: whoever comes back after years loses nothing.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkBackup } from '#kernel/backup/server/container.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { findFixedPage, findSite } from '#kernel/site/server/site-queries.ts'
import { emptyPlace, look } from '#kernel/testing/backup-place.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { migrations } from '#migrations/index.ts'
import { openText, writeText } from '#rooms/media/editor/opened-text.ts'
import { oldAddressesOf } from '#rooms/media/old-address.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { findRedirect } from '#rooms/media/server/redirect-queries.ts'
import { findList } from '#rooms/media/server/search-queries.ts'
import { listForSitemap } from '#rooms/media/server/sitemap-queries.ts'
import { listShownOrganisations } from '#rooms/people/server/organisation-queries.ts'

const FOLDER = 'tests/fixtures'
const fixtures = readdirSync(FOLDER).filter((name) => name.endsWith('.backup')).sort()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-fixtures-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { url: fresh } = await testDatabase()

/** All that makes up a schema: columns in any order, constraints and indexes. */
const schemaOf = (url: string) => look(url, async (client) => (await client.query<{ it: string }>(
  `select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as it from information_schema.columns where table_schema = 'public'
   union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
   union all select indexdef from pg_indexes where schemaname = 'public' order by 1`)).rows.map(({ it }) => it))

test('the newest schema has a data folder among the fixtures', async () => {
  const newest = migrations.at(-1)!.name
  expect(fixtures, 'run: bash tools/prepare-step.sh build && node tests/fixtures/make.ts').toContain(`${newest}.backup`)
  const { head } = await checkBackup(join(FOLDER, `${newest}.backup`))
  expect(head.schema, 'a migration came before the newest: make its fixture anew').toEqual(migrations.map(({ name }) => name))
})

test.each(fixtures)('%s is brought up to the newest schema, and its pages are read', async (name) => {
  const place = await emptyPlace(folder)
  const { head, manifest } = await restore(place, join(FOLDER, name))
  expect(`${head.schema.at(-1)}.backup`).toBe(name)
  expect(await schemaOf(place.url)).toEqual(await schemaOf(fresh))
  const db = await openDatabases({ url: place.url })
  try {
    const now = Temporal.Instant.from(head.madeAt).add({ minutes: 1 })
    const find = async (lang: string, slug: string) => (await findPublishedItem(db.read, lang, slug, now))?.answer
    expect(await findSite(db.read)).toMatchObject({ names: { en: { name: 'Alliance of the fixture' } }, zone: 'America/Bogota' })
    expect(manifest.site).toBe('Alliance of the fixture')
    expect(await findFixedPage(db.read, 'about', 'en')).toMatchObject({ title: 'About us' })
    expect(await find('en', 'a-text-that-stays')).toMatchObject({ found: 'item', item: { title: 'A text that stays', when: '2019-05-03' } })
    expect(await find('en', 'a-text-that-went')).toMatchObject({ found: 'gone' })
    expect(await find('en', 'a-text-that-waits')).toBeUndefined()
    expect(await find('en', 'a-draft')).toBeUndefined()
    expect((await listShownOrganisations(db.read)).map(({ slug }) => slug)).toEqual(['red-de-prueba'])
    const { list } = await findList(db.read, { lang: 'en' }, 'stays', 1, now, ['en', 'es'])
    expect(list.items.map(({ title }) => title)).toEqual(['A text that stays'])
    expect((await listForFeed(db.read, { lang: 'en' }, now)).told.length).toBeGreaterThan(1)
    expect((await listForSitemap(db.read, now)).entries.length).toBeGreaterThan(0)
    const bodies = await db.read.selectFrom('revision').select(['itemId', 'bodyMarkdown']).execute()
    expect(bodies.length).toBeGreaterThan(2)
    for (const { itemId, bodyMarkdown } of bodies) expect(writeText(openText(bodyMarkdown), openText(bodyMarkdown).doc), `the visual editor keeps each byte of ${itemId}`).toBe(bodyMarkdown)
    if (manifest.tables.imported_text?.rows) {
      expect(await find('es', 'nota')).toMatchObject({ found: 'item' })
      expect(await findRedirect(db.read, oldAddressesOf('/2018/una-nota/', new URLSearchParams()), now)).toBeDefined()
    }
  } finally {
    await db.close()
    await place.drop()
  }
})
