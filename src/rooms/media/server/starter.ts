import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import '#rooms/media/server/tables.ts'
import { SYSTEM } from '#kernel/audit/server/audit.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import type { Starter, StarterHouse } from '#kernel/commands/room.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { type Lang, uiLangOf } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { splitFrontMatter } from '#kernel/words/front-matter.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { DATE_OF } from '#kernel/when/when.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { KINDS } from '#rooms/media/item.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { withdrawWhole } from '#rooms/media/server/withdrawal-actions.ts'
import { fileName, type ShownFile } from '#rooms/media/shown.ts'
import { countStarterData, fillCounts, readStarterData } from '#rooms/media/starter-counts.ts'

const orNull = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema), null)

const ItemFile = v.object({
  kind: v.picklist(KINDS),
  when: v.string(),
  date_of: v.nullable(v.picklist(DATE_OF)),
  regions: v.array(v.string()),
  regions_printed: v.optional(v.record(v.string(), v.object({ text: v.string(), lang: v.string() }))),
  topics: v.optional(v.array(v.string()), []),
  signed_by: v.string(),
  original_lang: v.string(),
  licence: v.string(),
  film: v.optional(v.object({ width: v.number(), height: v.number() })),
  sources: v.array(v.object({
    title: v.string(), publisher: orNull(v.string()), year: orNull(v.number()), url: orNull(v.string()),
    lang: orNull(v.string()),
  })),
})
const TextFile = v.object({ slug: v.string(), title: v.string(), teaser: v.string(), doubt: v.optional(v.string()), film: v.optional(v.string()) })

type Counts = ReturnType<typeof countStarterData>

function countData(folder: string): Counts {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown
  return countStarterData(readStarterData(read('laws.json'), read('evidence.json')))
}

function readText(path: string, counts: Counts, lang: Lang) {
  const split = splitFrontMatter(fillCounts(readFileSync(path, 'utf8'), counts, lang))
  if (!split) throw new Error(`${path} has no front matter`)
  return { ...v.parse(TextFile, parse(split.front)), bodyMarkdown: split.body }
}

/** The items that a new installation begins with, signed by the starter library and marked as starter content. */
export const starter: Starter = {
  name: 'items',
  async load(tx, { folder, blobs }, now) {
    const zone = (await findSite(tx))?.zone ?? 'UTC'
    const items = join(folder, 'items')
    const counts = countData(join(folder, 'data'))
    for (const name of readdirSync(items).sort()) await loadItem(tx, { folder: join(items, name), blobs }, counts, zone, now)
  },
  // Withdrawn, not deleted: its addresses were public, so they answer with a notice and are never another text's.
  async remove(tx, now) {
    const untouched = await tx.selectFrom('item').select('id').where('isStarter', '=', true)
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('revision').select('id')
        .whereRef('revision.itemId', '=', 'item.id').where('createdBy', '<>', SYSTEM)))).execute()
    let removed = 0
    const why = (lang: Lang) => m.starter_note({}, { locale: uiLangOf(lang) })
    for (const { id } of untouched) removed += (await withdrawWhole(tx, id, why, SYSTEM, now)) ? 1 : 0
    return removed
  },
}

/** `open` is from the day of installation on, `today` that day; all else is what it says. */
const whenOf = (written: string, today: string) => (written === 'open' ? `${today}/` : written === 'today' ? today : written)

type Shape = ShownFile['shape']

/** `es.webm` beside `es.md`, with its captions `es.vtt`. */
async function loadFilm(tx: Tx, { folder, blobs }: StarterHouse, lang: Lang, title: string, shape: Shape, now: Temporal.Instant): Promise<ShownFile> {
  const store = async (name: string, mediaType: string) => {
    const stored = await blobs.write(readFileSync(join(folder, name)))
    await recordBlob(tx, { ...stored, mediaType }, now)
    return stored
  }
  const film = await store(`${lang}.webm`, 'video/webm')
  const { hash } = await store(`${lang}.vtt`, 'text/vtt')
  return { ...film, name: fileName(title, 'webm'), title, mediaType: 'video/webm', ...(shape && { shape }), lang, captions: { hash, lang } }
}

async function loadItem(tx: Tx, house: StarterHouse, counts: Counts, zone: string, now: Temporal.Instant) {
  const { folder } = house
  const item = v.parse(ItemFile, parse(readFileSync(join(folder, 'item.yaml'), 'utf8')))
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString()
  const frozen: Frozen = {
    ...NOTHING_FROZEN, when: whenOf(item.when, today), dateOf: item.date_of, topics: item.topics,
    regions: item.regions.map((place) => {
      const printed = item.regions_printed?.[place]
      return printed ? { place, printed } : { place }
    }),
    signers: [{ organisationId: null, name: item.signed_by }], issuedBy: item.signed_by, licence: item.licence,
    sources: item.sources,
  }
  const started = { kind: item.kind, originalLang: item.original_lang, isStarter: true }
  const itemId = await createItem(tx, started, SYSTEM, now)
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.md')).sort()) {
    const lang = file.replace(/\.md$/, '')
    const { slug, doubt, film, ...words } = readText(join(folder, file), counts, lang)
    await giveSlug(tx, itemId, lang, slug, now)
    const files = film ? { files: [await loadFilm(tx, house, lang, film, item.film, now)] } : {}
    const { revisionId } = await saveRevision(tx, itemId, lang, words, { ...frozen, ...files, doubt: doubt ?? null }, SYSTEM, now)
    await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, SYSTEM, now)
  }
}
