// Whether a link to a text of this house leads anywhere: the same to whoever asks, whatever waits there.
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, renameSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listLeadingNowhere } from '#rooms/media/server/link-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const { db } = await testDatabase()
const noon = Temporal.Instant.from('2026-11-29T12:00:00Z')
const later = noon.add({ hours: 5 })

const text = (slug: string, langs: string[], from?: Temporal.Instant) => act({ db }, async (tx) => {
  const id = await createItem(tx, { kind: 'news', originalLang: 'es' }, 'ana', noon)
  for (const lang of langs) {
    const { revisionId } = await saveRevision(tx, id, lang, { title: slug, teaser: '', bodyMarkdown: 'A.' }, NOTHING_FROZEN, 'ana', noon)
    await giveSlug(tx, id, lang, `${slug}-${lang}`, noon)
    if (from) await publishRevision(tx, { itemId: id, lang, revisionId, from, zone: 'UTC' }, 'ana', noon)
  }
  return id
})
const at = (...all: string[]) => all.map((one) => ({ lang: one.slice(0, 2), slug: one.slice(3) }))
const nowhere = async (addresses: string[], now = noon) => (await listLeadingNowhere(db.read, at(...addresses), now)).map(({ lang, slug }) => `${lang}/${slug}`)

test('what is public leads somewhere, by an older address and by that of another of its languages too', async () => {
  const id = await text('publica', ['es', 'pt'], noon)
  await act({ db }, (tx) => renameSlug(tx, id, 'es', 'publica-hoy', 'ana', noon))
  expect(await nowhere(['es/publica-hoy', 'es/publica-es', 'pt/publica-pt', 'pt/publica-es', 'es/publica-pt', 'fr/publica-es'])).toEqual(['fr/publica-es'])
})

test('a text that waits, a draft, one that was taken down and one that never was are the same, and at its hour the first leads somewhere', async () => {
  await text('espera', ['es'], later)
  await text('borrador', ['es'])
  const gone = await text('retirada', ['es'], noon)
  await act({ db }, (tx) => withdrawText(tx, { itemId: gone, lang: 'es', reason: 'withdrawn', why: 'x' }, 'ana', noon.add({ minutes: 1 })))
  const all = ['es/espera-es', 'es/borrador-es', 'es/retirada-es', 'es/nunca-fue', 'es/\0']
  expect(await nowhere(all, noon.add({ hours: 1 }))).toEqual(all.slice(0, 4))
  expect(await nowhere(all, later)).toEqual(all.slice(1, 4))
})

test('it says what the pages say, of every address at every moment', async () => {
  const all = ['es/publica-hoy', 'pt/publica-es', 'fr/publica-es', 'es/espera-es', 'pt/espera-es', 'es/borrador-es', 'es/retirada-es', 'es/nunca-fue']
  for (const now of [noon, noon.add({ hours: 1 }), later]) {
    const dead: string[] = []
    for (const { lang, slug } of at(...all)) {
      const found = (await findPublishedItem(db.read, lang, slug, now))?.answer.found
      if (found !== 'item' && found !== 'moved') dead.push(`${lang}/${slug}`)
    }
    expect(await nowhere(all, now)).toEqual(dead)
  }
})

test('of very many, the first are asked about, in one question', async () => {
  expect((await nowhere(Array.from({ length: 500 }, (_, n) => `es/nunca-${n}`))).length).toBe(200)
  expect(await nowhere([])).toEqual([])
})
