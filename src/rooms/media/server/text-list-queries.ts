import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty } from '#rooms/media/keeping.ts'
import { type DeskItem, listDeskTexts } from '#rooms/media/server/desk-item-queries.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'

/** As many as one page shows. */
export const TEXTS_A_PAGE = 50

export const TEXT_STATES = ['draft', 'waiting', 'public', 'withdrawn', 'missing', 'trash'] as const
export type TextState = (typeof TEXT_STATES)[number]

export interface AskedTexts {
  /** Words of a title, in any language; '' for all. */
  q: string
  /** `missing`: it has no text in `lang`. What is in the trash stands in no other list. */
  state?: TextState | undefined
  lang?: Lang | undefined
  /** The last item of the page before. */
  before?: string
  /** These alone. */
  among?: readonly string[]
}

/** Items that somebody may read at the desk, the newest first. */
export async function listTexts(db: ReadDb, who: OnDuty, { q, state, lang, before, among }: AskedTexts, now: Temporal.Instant, limit = TEXTS_A_PAGE): Promise<DeskItem[]> {
  const { rows } = await sql<Omit<DeskItem, 'texts'>>`
    select i.id, i.kind, i.original_lang, i.created_at, i.is_starter, i.kept_by, i.written_in from item i
    where ${inSight(who)} and ${state === 'trash' ? sql`` : sql`not`} exists (select from trashed_item t where t.item_id = i.id) and ${stands(state, lang, now)}
      and ${q === '' ? sql`true` : sql`exists (select from revision r where r.item_id = i.id and r.title ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`})`}
      and ${among === undefined ? sql`true` : sql`i.id = any(${among.filter(isId)}::uuid[])`}
      and ${isId(before) ? sql`i.id < ${before}` : sql`true`}
    order by i.id desc limit ${sql.lit(limit)}`.execute(db as never)
  const texts = await listDeskTexts(db, rows.map(({ id }) => id), now)
  return rows.map((item) => ({ ...item, texts: texts.get(item.id)! }))
}

/** Those of these items that somebody may read, wherever they lie: what is in the trash too. */
export async function listAmong(db: ReadDb, who: OnDuty, among: readonly string[], now: Temporal.Instant): Promise<DeskItem[]> {
  if (among.length === 0) return []
  return [...await listTexts(db, who, { q: '', among }, now, among.length), ...await listTexts(db, who, { q: '', state: 'trash', among }, now, among.length)]
}

/** `mayRead` as a condition; a test holds the two alike. */
export function inSight({ duties }: OnDuty): RawBuilder<boolean> {
  if (isSteward(duties)) return sql`true`
  const organisations = duties.filter(({ duty, organisationId }) => organisationId !== null && (KEEPING_DUTIES as readonly string[]).includes(duty)).map(({ organisationId }) => organisationId!)
  return organisations.length > 0 ? sql`i.written_in = any(${organisations}::uuid[])` : sql`false`
}

function stands(state: TextState | undefined, lang: Lang | undefined, now: Temporal.Instant): RawBuilder<boolean> {
  const of = (alias: string) => (lang === undefined ? sql`true` : sql`${sql.ref(`${alias}.lang`)} = ${lang}`)
  if (state === 'missing') return lang === undefined ? sql`true` : sql`not exists (select from revision r where r.item_id = i.id and ${of('r')})`
  if (state === 'draft') return sql`exists (select from draft d where d.item_id = i.id and ${of('d')})`
  if (state === 'public') return sql`exists (select from publication p where p.item_id = i.id and ${of('p')} and ${publicNow('p', now)})`
  if (state === 'waiting') return sql`exists (select from publication p where p.item_id = i.id and ${of('p')} and p.public_from > ${now.toString()}::timestamptz and (p.public_until is null or p.public_until > p.public_from))`
  if (state === 'withdrawn') return sql`exists (select from withdrawal w where w.item_id = i.id and ${of('w')})`
  return lang === undefined ? sql`true` : sql`exists (select from revision r where r.item_id = i.id and ${of('r')})`
}
