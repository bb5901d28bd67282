import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import '#rooms/media/server/tables.ts'
import { SYSTEM, record } from '#kernel/audit/server/audit.ts'
import type { Starter } from '#kernel/commands/room.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { DATE_OF } from '#kernel/when/when.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { KINDS } from '#rooms/media/item.ts'
import { announceItem, createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'

const ItemFile = v.object({
  kind: v.picklist(KINDS),
  when: v.string(),
  date_of: v.nullable(v.picklist(DATE_OF)),
  regions: v.array(v.string()),
  regions_printed: v.optional(v.record(v.string(), v.object({ text: v.string(), lang: v.string() }))),
  signed_by: v.string(),
  original_lang: v.string(),
  licence: v.string(),
  sources: v.array(v.object({
    title: v.string(), publisher: v.nullish(v.string(), null), year: v.nullish(v.number(), null), url: v.nullish(v.string(), null), lang: v.nullish(v.string(), null),
  })),
})
const TextFile = v.object({ slug: v.string(), title: v.string(), teaser: v.string(), doubt: v.optional(v.string()) })

/** Front matter between two lines of three dashes, then Markdown. */
function readText(path: string) {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, 'utf8')) ?? []
  if (front === undefined || body === undefined) throw new Error(`${path} has no front matter`)
  return { ...v.parse(TextFile, parse(front)), bodyMarkdown: body.trim() }
}

/** The items that a new installation begins with, signed by the starter library and marked as starter content. */
export const starter: Starter = {
  name: 'items',
  async load(tx, folder, now) {
    const zone = (await findSite(tx))?.zone ?? 'UTC'
    for (const name of readdirSync(join(folder, 'items')).sort()) await loadItem(tx, join(folder, 'items', name), zone, now)
  },
  async remove(tx, now) {
    const items = await tx.selectFrom('item').select('id').where('isStarter', '=', true).execute()
    for (const { id } of items) {
      await announceItem(tx, id)
      for (const table of ['publication', 'itemCorrection', 'withdrawal', 'revision', 'itemSlug'] as const) {
        await tx.deleteFrom(table).where('itemId', '=', id).execute()
      }
      await tx.deleteFrom('item').where('id', '=', id).execute()
    }
    if (items.length > 0) await record(tx, { actor: SYSTEM, act: 'remove-starter-items', subject: 'site', detail: { count: items.length } }, now)
    return items.length
  },
}

async function loadItem(tx: Tx, folder: string, zone: string, now: Temporal.Instant) {
  const item = v.parse(ItemFile, parse(readFileSync(join(folder, 'item.yaml'), 'utf8')))
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString()
  const frozen: Frozen = {
    ...NOTHING_FROZEN, when: item.when === 'open' ? `${today}/` : item.when, dateOf: item.date_of,
    regions: item.regions.map((place) => ({ place, ...(item.regions_printed?.[place] && { printed: item.regions_printed[place] }) })),
    signers: [{ organisationId: null, name: item.signed_by }], issuedBy: item.signed_by, licence: item.licence,
    sources: item.sources.map(({ title, publisher, year, url, lang }) => ({ title, publisher, year, url, lang })),
  }
  const itemId = await createItem(tx, { kind: item.kind, originalLang: item.original_lang, isStarter: true }, SYSTEM, now)
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.md')).sort()) {
    const lang = file.replace(/\.md$/, '')
    const { slug, doubt, ...words } = readText(join(folder, file))
    await giveSlug(tx, itemId, lang, slug, now)
    const { revisionId } = await saveRevision(tx, itemId, lang, words, { ...frozen, doubt: doubt ?? null }, SYSTEM, now)
    await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, SYSTEM, now)
  }
}
