import { error } from '@sveltejs/kit'
import type { Lang } from '#kernel/language/language.ts'
import { type TranslationRow, translationRows } from '#rooms/media/behind.ts'
import type { DeskItem } from '#rooms/media/server/desk-item-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import type { Beside } from '#rooms/media/import/xliff.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { itemAt } from './item-desk.ts'

type ReadDb = App.Locals['reading']['db']
interface Words { title: string; teaser: string; bodyMarkdown: string }

/** A translation beside its source as it stands: what a file of it holds. @param own its words as she has them */
export async function besideSource(db: ReadDb, item: Pick<DeskItem, 'id' | 'originalLang'>, lang: Lang, own: Words | undefined) {
  const source = await findRevision(db, item.id, item.originalLang)
  if (!source || lang === item.originalLang) return undefined
  const followed = await findFollowed(db, item.id, lang)
  const basis = (followed?.sourceId && (await findRevision(db, item.id, item.originalLang, followed.sourceId))) || source
  const rows = translationRows(basis.bodyMarkdown, source.bodyMarkdown, own?.bodyMarkdown ?? '')
  return { source, rows, beside: [{ id: 'title', source: source.title, own: own?.title ?? '' }, { id: 'teaser', source: source.teaser, own: own?.teaser ?? '' }, ...rows.filter((row) => row.index !== null).map(idOf)] }
}

const idOf = (row: TranslationRow): Beside => ({ id: `p${row.index! + 1}`, source: row.source, own: row.own })

/** The translation of an address, for whoever reads the item at the desk. */
export async function translationAt(locals: App.Locals, { id, lang }: { id: string; lang: Lang }) {
  const item = await itemAt(locals, id)
  const { db } = locals.reading
  const { languages } = await locals.house.site.get()
  const own = await findRevision(db, id, lang)
  if (!own && !languages.includes(lang)) error(404)
  const found = await besideSource(db, item, lang, own)
  return found ? { ...found, own } : error(404)
}

/** A file that is never kept by anything between. */
export const fileAnswer = (body: string | Buffer, type: string, name: string): Response =>
  new Response(typeof body === 'string' ? body : new Uint8Array(body), { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' } })
