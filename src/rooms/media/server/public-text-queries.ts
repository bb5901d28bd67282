import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { languagesOf } from '#rooms/media/server/public-now-queries.ts'

export interface PublicText { lang: Lang; slug: string; title: string }

/** What readers see of these items now, by the items’ ids: a draft and what was withdrawn have no title here. */
export async function findPublicTexts(db: ReadDb, itemIds: readonly string[], now: Temporal.Instant): Promise<Map<string, PublicText[]>> {
  const asked = [...new Set(itemIds)].filter(isId)
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ id: string; texts: PublicText[] }>`
    select i.id, ${languagesOf(sql`i.id`, now)} as texts from item i where i.id = any(${asked}::uuid[])`.execute(db as never)
  return new Map(rows.map(({ id, texts }) => [id, texts]))
}
