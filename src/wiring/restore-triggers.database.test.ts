// What the database writes down by itself comes back from a backup as it lay there: a restore that let it be written again found
// another table than the backup has, and emptied the place.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openShelf } from '#kernel/blobs/server/shelf.ts'
import { contentsOf, emptyPlace, look } from '#kernel/testing/backup-place.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import '#rooms/media/server/translation-tables.ts'

const { db, url } = await testDatabase()
let now = Temporal.Instant.from('2026-11-30T10:00:00Z')
const later = () => (now = now.add({ minutes: 1 }))
const save = (id: string, lang: string, bodyMarkdown: string) => db.transaction((tx) => saveRevision(tx, id, lang, { title: 'T', teaser: '', bodyMarkdown }, NOTHING_FROZEN, 'operator', later()))

test('a house in which a translation was said to follow a newer source is restored, row by row as it was, and goes on writing down', async () => {
  for (let n = 0; n < 2; n++) {
    const id = await db.transaction((tx) => createItem(tx, { kind: 'news', originalLang: 'es' }, 'operator', later()))
    await save(id, 'es', 'Uno.')
    const pt = await save(id, 'pt', 'Um.')
    const es = await save(id, 'es', 'Uno y dos.')
    // Of the first: it follows the newer source, with no word changed.
    if (n === 0) await db.transaction((tx) => tx.insertInto('translationOf').values({ revisionId: pt.revisionId, sourceRevisionId: es.revisionId, followedBy: 'operator', followedAt: now, byMachine: false }).onConflict((on) => on.column('revisionId').doUpdateSet({ sourceRevisionId: es.revisionId })).execute())
  }
  const standing = await db.read.selectFrom('itemTranslating').select('behind').orderBy('itemId').execute()
  expect(standing.map(({ behind }) => behind)).toEqual([[], ['pt']])

  const folder = await mkdtemp(join(tmpdir(), 'altavoz-triggers-'))
  await openShelf(join(folder, 'blobs'))
  const file = join(folder, 'house.backup')
  await backUp({ url, blobFolder: join(folder, 'blobs'), now, program: '0.1.0' }, file)
  const place = await emptyPlace(folder)
  await restore(place, file)
  expect(await contentsOf(place.url)).toEqual(await contentsOf(url))
  const on = await look(place.url, async (client) => (await client.query<{ on: string }>('select tgenabled as on from pg_trigger where not tgisinternal')).rows.map((row) => row.on))
  expect(on.length).toBeGreaterThan(2)
  expect(new Set(on)).toEqual(new Set(['O']))
  await place.drop()
})
