import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty } from '#rooms/media/keeping.ts'

/** As many as one page shows. */
export const DRAFTS_A_PAGE = 50

export interface Draft {
  itemId: string
  /** Its newest text; a later one has a later id. */
  revisionId: string
  kind: Kind
  lang: Lang
  title: string
  /** A person's id, or what is no person (`operator`, `system`). */
  savedBy: string
  savedAt: Temporal.Instant
  keptBy: string | null
  writtenIn: string | null
}

/** Which drafts: all that she may see, her own, nobody's, or those that a person keeps. */
export type Whose = 'any' | 'mine' | 'nobody' | { keptBy: string }

/** Drafts that somebody may see, what was written last first. @param before the last of the page before */
export async function listDrafts(db: ReadDb, who: OnDuty, { whose, before, limit = DRAFTS_A_PAGE }: { whose: Whose; before?: string; limit?: number }): Promise<Draft[]> {
  const { rows } = await sql<Omit<Draft, 'savedAt'> & { savedAt: Temporal.Instant }>`
    select d.item_id, d.revision_id, i.kind, d.lang, r.title, r.created_by as saved_by, r.created_at as saved_at, i.kept_by, i.written_in
    from draft d join item i on i.id = d.item_id join revision r on r.id = d.revision_id
    where ${inSight(who)} and ${keptAs(who, whose)} and ${isId(before) ? sql`d.revision_id < ${before}` : sql`true`}
    order by d.revision_id desc limit ${sql.lit(limit)}`.execute(db as never)
  return rows
}

/** How many drafts that she may see nobody keeps. */
export async function countDraftsOfNobody(db: ReadDb, who: OnDuty): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from draft d join item i on i.id = d.item_id where ${inSight(who)} and ${keptAs(who, 'nobody')}`.execute(db as never)
  return Number(rows[0]!.count)
}

/** Who keeps a draft that she may see. */
export async function listKeepers(db: ReadDb, who: OnDuty): Promise<string[]> {
  const { rows } = await sql<{ keptBy: string }>`select distinct i.kept_by from draft d join item i on i.id = d.item_id where ${inSight(who)} and i.kept_by is not null`.execute(db as never)
  return rows.map(({ keptBy }) => keptBy)
}

export interface KeptCount {
  writtenIn: string | null
  originalLang: Lang
  items: number
  /** Of these, how many hold a text that is not public. */
  drafts: number
}

/** What somebody keeps, by the organisation that writes it and its first language. */
export async function countKept(db: ReadDb, personId: string): Promise<KeptCount[]> {
  if (!isId(personId)) return []
  const { rows } = await sql<Record<'items' | 'drafts', bigint> & Pick<KeptCount, 'writtenIn' | 'originalLang'>>`
    select i.written_in, i.original_lang, count(*) as items, count(*) filter (where exists (select from draft d where d.item_id = i.id)) as drafts
    from item i where i.kept_by = ${personId} group by i.written_in, i.original_lang order by i.written_in nulls first, i.original_lang`.execute(db as never)
  return rows.map(({ items, drafts, ...of }) => ({ ...of, items: Number(items), drafts: Number(drafts) }))
}

const NOT_TRASHED = sql<boolean>`not exists (select from trashed_item t where t.item_id = i.id)`

/** `mayHandOn` as a condition, for what is not in the trash. What came with the program and was not adopted is no draft of anybody. */
function inSight({ id, duties }: OnDuty): RawBuilder<boolean> {
  if (isSteward(duties)) return sql`(not i.is_starter and ${NOT_TRASHED})`
  const by = (names: readonly string[]) => {
    const held = duties.filter(({ duty, organisationId }) => organisationId !== null && names.includes(duty))
    const each = held.map(({ organisationId, lang }) => sql`(i.written_in = ${organisationId}::uuid and ${lang === null ? sql`true` : sql`i.original_lang = ${lang}`})`)
    return each.length > 0 ? sql`(${sql.join(each, sql` or `)})` : sql`false`
  }
  return sql`(not i.is_starter and ${NOT_TRASHED} and (${by(['editor'])} or (i.kept_by = ${id}::uuid and ${by(KEEPING_DUTIES)})))`
}

function keptAs({ id }: OnDuty, whose: Whose): RawBuilder<boolean> {
  if (whose === 'any') return sql`true`
  if (whose === 'nobody') return sql`i.kept_by is null`
  return sql`i.kept_by = ${whose === 'mine' ? id : whose.keptBy}::uuid`
}
