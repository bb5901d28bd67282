import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/tables.ts'
import '#rooms/media/server/translation-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { inSight } from '#rooms/media/server/text-list-queries.ts'
import { sameRead } from '#rooms/media/server/translation-queries.ts'

/** As many as one page shows. */
export const BOARD_A_PAGE = 50

export const TO_DO = ['missing', 'behind', 'reader'] as const
export type ToDo = (typeof TO_DO)[number]

/** How a language of an item stands with its source. */
export type BoardState = ToDo | 'ready' | 'withdrawn'

export interface BoardRow {
  id: string
  kind: string
  originalLang: Lang
  title: string
  /** Words of the source as it stands. */
  words: number
  /** Until when it is planned; null where it is not. */
  due: Temporal.PlainDate | null
  /** Every language that it has a text in besides the first. What stands in none is missing. */
  cells: { lang: Lang; state: BoardState }[]
}

export const BOARD_ORDERS = ['due', 'length'] as const
export type BoardOrder = (typeof BOARD_ORDERS)[number]

export interface AskedBoard {
  /** Languages of translation: what is to be done in one of them. */
  langs: readonly Lang[]
  toDo?: ToDo | undefined
  order?: BoardOrder
  /** The last item of the page before. */
  before?: string
}

/**
 * Texts that somebody may read at the desk with something to translate, to bring up to date or to read over in one of these languages:
 * by the day until when they are planned, then the others, the newest first; or the shortest first.
 */
export async function listToTranslate(db: ReadDb, who: OnDuty, { langs, toDo, order = 'due', before }: AskedBoard, limit = BOARD_A_PAGE): Promise<BoardRow[]> {
  if (langs.length === 0) return []
  const wants = (of: ToDo) => (toDo === undefined || toDo === of ? [CONDITIONS[of](langs)] : [])
  const conditions = [...wants('missing'), ...wants('behind'), ...wants('reader')]
  const last = isId(before) ? await db.selectFrom('itemTranslating as t').leftJoin('plan as p', (on) => on.onRef('p.itemId', '=', 't.itemId').on('p.removedAt', 'is', null)).select(['t.itemId', 't.words', 'p.dueDay']).where('t.itemId', '=', before).executeTakeFirst() : undefined
  const { rows } = await sql<Omit<BoardRow, 'cells'>>`
    select c.*, s.title from (
      select i.id, i.kind, i.original_lang, t.words, p.due_day as due from item i join item_translating t on t.item_id = i.id
      left join plan p on p.item_id = i.id and p.removed_at is null
      where ${inSight(who)} and not i.is_starter and i.original_lang = any(t.langs) and ${last ? AFTER[order](last) : sql`true`}
        and not exists (select from trashed_item b where b.item_id = i.id)
        and not exists (select from withdrawal w where w.item_id = i.id and w.lang = i.original_lang)
        and (${sql.join(conditions, sql` or `)})
      order by ${order === 'due' ? sql`p.due_day nulls last` : sql`t.words`}, i.id desc limit ${sql.lit(limit)}) c
    join lateral (select title from revision where item_id = c.id and lang = c.original_lang order by number desc limit 1) s on true
    order by ${order === 'due' ? sql`c.due nulls last` : sql`c.words`}, c.id desc`.execute(db as never)
  const { rows: cells } = await sql<{ itemId: string; lang: Lang; isWithdrawn: boolean; isBehind: boolean; isDraft: boolean; isRead: boolean }>`
    select n.item_id, n.lang, exists (select from withdrawal w where w.item_id = n.item_id and w.lang = n.lang) as is_withdrawn,
      exists (select from draft d where d.item_id = n.item_id and d.lang = n.lang) as is_draft, n.lang = any(t.behind) as is_behind, ${isRead} as is_read
    from (select distinct on (item_id, lang) * from revision where item_id = any(${rows.map(({ id }) => id)}::uuid[]) order by item_id, lang, number desc) n
    join item i on i.id = n.item_id join item_translating t on t.item_id = i.id where n.lang <> i.original_lang order by n.lang`.execute(db as never)
  const stateOf = (cell: (typeof cells)[number]): BoardState => (cell.isWithdrawn ? 'withdrawn' : cell.isBehind ? 'behind' : cell.isDraft && !cell.isRead ? 'reader' : 'ready')
  return rows.map((row) => ({ ...row, cells: cells.filter(({ itemId }) => itemId === row.id).map((cell) => ({ lang: cell.lang, state: stateOf(cell) })) }))
}

interface Last { itemId: string; words: number; dueDay: Temporal.PlainDate | null }

/** What comes behind the last item of a page. */
const AFTER: Record<BoardOrder, (last: Last) => RawBuilder<unknown>> = {
  due: ({ itemId, dueDay }) => (dueDay === null ? sql`(p.due_day is null and i.id < ${itemId})`
    : sql`(p.due_day > ${dueDay.toString()}::date or (p.due_day = ${dueDay.toString()}::date and i.id < ${itemId}) or p.due_day is null)`),
  length: ({ itemId, words }) => sql`(t.words > ${words} or (t.words = ${words} and i.id < ${itemId}))`,
}

/** Of `n`: the last that was said of these very words is that they are right, or that they may go unread. */
const isRead = sql<boolean>`coalesce((select x.verdict <> 'changes' from second_reading x join revision a on a.id = x.revision_id
  where a.item_id = n.item_id and a.lang = n.lang and ${sameRead('a', 'n')} order by x.read_at desc, x.id desc limit 1), false)`

const CONDITIONS: Record<ToDo, (langs: readonly Lang[]) => RawBuilder<unknown>> = {
  missing: (langs) => sql`not t.langs @> ${[...langs]}::text[]`,
  // What was withdrawn in a language is brought up to date no more.
  behind: (langs) => sql`(t.behind && ${[...langs]}::text[] and exists (select from unnest(t.behind) l(tag)
    where l.tag = any(${[...langs]}::text[]) and not exists (select from withdrawal w where w.item_id = i.id and w.lang = l.tag)))`,
  reader: (langs) => sql`exists (select from draft d join revision n on n.id = d.revision_id where d.item_id = i.id and d.lang = any(${[...langs]}) and d.lang <> i.original_lang and not ${isRead})`,
}
