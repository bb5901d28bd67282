import { sql } from 'kysely'
import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/tables.ts'
import '#rooms/media/server/translation-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { MOST_NOTES } from '#rooms/media/desk-note.ts'
import type { DeskNoteTable } from '#rooms/media/server/translation-tables.ts'

/** What colleagues asked and told each other about an item: what is open first, the newest first. For whoever may read it at the desk. */
export function listNotes(db: ReadDb, itemId: string): Promise<DeskNoteTable[]> {
  return db.selectFrom('deskNote').selectAll().where('itemId', '=', itemId)
    .orderBy(sql`closed_at is not null`).orderBy('askedAt', 'desc').orderBy('id', 'desc').limit(MOST_NOTES).execute()
}

/** How many notes of texts that somebody keeps wait for an answer, by text: those of others, and nothing that lies in the trash. */
export async function listUnanswered(db: ReadDb, keeperId: string): Promise<{ itemId: string; title: string; count: number }[]> {
  const { rows } = await sql<{ itemId: string; title: string; count: bigint }>`
    select n.item_id, count(*) as count, coalesce((select title from revision r where r.item_id = n.item_id and r.lang = i.original_lang order by number desc limit 1), '') as title
    from desk_note n join item i on i.id = n.item_id
    where i.kept_by = ${keeperId}::uuid and n.answered_at is null and n.closed_at is null and n.asked_by <> ${keeperId}
      and not exists (select from trashed_item t where t.item_id = i.id)
    group by n.item_id, i.original_lang order by max(n.asked_at) desc limit 20`.execute(db as never)
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
}
