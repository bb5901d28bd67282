import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import { everPublic } from '#rooms/media/server/public-now-queries.ts'

export interface PressLink {
  id: string
  lang: Lang
  newsroom: string
  createdAt: Temporal.Instant
  lastReadOn: Temporal.PlainDate | null
}

/** The links of an item that stand, oldest first. */
export function listPressLinks(db: ReadDb, itemId: string): Promise<PressLink[]> {
  return db.selectFrom('pressLink').select(['id', 'lang', 'newsroom', 'createdAt', 'lastReadOn'])
    .where('itemId', '=', itemId).where('revokedAt', 'is', null).orderBy('id').execute()
}

/** What a newsroom reads before the hour. */
export interface EmbargoedText {
  from: Temporal.Instant
  kind: Kind
  title: string
  teaser: string
  bodyHtml: string
  notesHtml: string
  wordCount: number
  frozen: Frozen
}

export interface OpenPressLink {
  id: string
  lang: Lang
  lastReadOn: Temporal.PlainDate | null
  /** What waits for its hour; null where nothing does. */
  waiting: EmbargoedText | null
  /** The address that readers have, where some text of it was public; else null. */
  publicSlug: string | null
}

/**
 * What a link opens at this moment: what waits, until the first of it is out. What waits after that is another matter, for which a
 * newsroom is given another link. Undefined for one that was ended and one that never was alike.
 */
export async function findPressLink(db: ReadDb, token: string, now: Temporal.Instant): Promise<OpenPressLink | undefined> {
  const { rows } = await sql<Omit<OpenPressLink, 'waiting'> & { waiting: (Omit<EmbargoedText, 'from'> & { from: string }) | null }>`
    select l.id, l.lang, l.last_read_on,
      (select json_build_object('from', p.public_from, 'kind', p.kind, 'title', r.title, 'teaser', r.teaser, 'bodyHtml', r.body_html, 'notesHtml', r.notes_html,
          'wordCount', r.word_count, 'frozen', r.frozen)
        from publication p join revision r on r.id = p.revision_id
        where p.item_id = l.item_id and p.lang = l.lang and p.public_from > ${now.toString()}::timestamptz
          and (p.public_until is null or p.public_until > p.public_from)
          and not exists (select from publication q where q.item_id = l.item_id and q.lang = l.lang and q.public_from > l.created_at and ${everPublic('q', now)}) order by p.public_from limit 1) as waiting,
      (select s.slug from item_slug s where s.item_id = l.item_id and s.lang = l.lang and s.is_current
        and exists (select from publication q where q.item_id = l.item_id and q.lang = l.lang and ${everPublic('q', now)})) as public_slug
    from press_link l where l.token_hash = ${hashToken(token)} and l.revoked_at is null`.execute(db as never)
  const [row] = rows
  return row && { ...row, waiting: row.waiting && { ...row.waiting, from: Temporal.Instant.from(row.waiting.from) } }
}
