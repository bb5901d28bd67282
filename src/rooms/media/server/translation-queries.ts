import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import '#rooms/media/server/translation-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { ReadingState, Verdict } from '#rooms/media/second-reading.ts'

/** What the newest text of a language follows. */
export interface Followed {
  revisionId: string
  /** The source's revision; null for a text in the first language, and where the source has no text. */
  sourceId: string | null
  byMachine: boolean
}

/** The source's revision that was the newest when a revision was saved, or its first: what is followed where nobody said. */
export const sourceThen = (revision: string): RawBuilder<string | null> => sql`coalesce(
  (select s.id from revision s join item j on j.id = s.item_id where s.item_id = ${sql.ref(`${revision}.item_id`)} and s.lang = j.original_lang
    and s.created_at <= ${sql.ref(`${revision}.created_at`)} order by s.number desc limit 1),
  (select s.id from revision s join item j on j.id = s.item_id where s.item_id = ${sql.ref(`${revision}.item_id`)} and s.lang = j.original_lang order by s.number limit 1))`

/** What the newest text of a language follows; undefined where the language has no text. */
export async function findFollowed(db: ReadDb, itemId: string, lang: Lang): Promise<Followed | undefined> {
  const { rows } = await sql<Followed>`
    select r.id as revision_id, coalesce(t.by_machine, false) as by_machine,
      case when r.lang = i.original_lang then null else coalesce(t.source_revision_id, ${sourceThen('r')}) end as source_id
    from revision r join item i on i.id = r.item_id left join translation_of t on t.revision_id = r.id
    where r.item_id = ${itemId} and r.lang = ${lang} order by r.number desc limit 1`.execute(db as never)
  return rows[0]
}

/** Title, teaser and body are the same. */
export const sameWords = (a: string, b: string) => sql`(${sql.ref(`${a}.title`)}, ${sql.ref(`${a}.teaser`)}, ${sql.ref(`${a}.body_markdown`)}) = (${sql.ref(`${b}.title`)}, ${sql.ref(`${b}.teaser`)}, ${sql.ref(`${b}.body_markdown`)})`

/** The same words under the same name: what a second reader found right. */
export const sameRead = (a: string, b: string) => sql`(${sameWords(a, b)} and coalesce(${sql.ref(`${a}.frozen`)}->>'translator', '') = coalesce(${sql.ref(`${b}.frozen`)}->>'translator', ''))`

/**
 * Where the newest words of a language stand with their second reader. What was read counts for the same words, and the same name of who
 * translated them, beside the same words of the source: facts and signers may change meanwhile, but a translation that is said to follow a newer source is read anew.
 */
export async function findReadingState(db: ReadDb, itemId: string, lang: Lang): Promise<ReadingState | undefined> {
  const followed = await findFollowed(db, itemId, lang)
  if (!followed) return undefined
  const { revisionId, sourceId, byMachine } = followed
  const { rows: [last] } = await sql<{ verdict: Verdict; readBy: string; readAt: Temporal.Instant; note: string }>`
    select s.verdict, s.read_by, s.read_at, s.note from second_reading s join revision a on a.id = s.revision_id join revision n on n.id = ${revisionId}
    where a.item_id = ${itemId} and a.lang = ${lang} and ${sameRead('a', 'n')}
      and (s.source_revision_id is not distinct from ${sourceId}::uuid
        or exists (select from revision x, revision y where x.id = s.source_revision_id and y.id = ${sourceId}::uuid and ${sameWords('x', 'y')}))
    order by s.read_at desc, s.id desc limit 1`.execute(db as never)
  const { rows: makers } = await sql<{ by: string }>`
    with found as (select max(a.number) as number, max(s.read_at) as at from second_reading s join revision a on a.id = s.revision_id
        where a.item_id = ${itemId} and a.lang = ${lang} and s.verdict = 'good'),
      made as (select number, created_by, created_at, (title, teaser, body_markdown, frozen->>'translator') is distinct from
          (lag(title) over (order by number), lag(teaser) over (order by number), lag(body_markdown) over (order by number), lag(frozen->>'translator') over (order by number)) as is_changed
        from revision where item_id = ${itemId} and lang = ${lang})
    select by from (
      select created_by as by, created_at as at from made, found where is_changed and made.number > coalesce(found.number, 0)
      union all
      select t.followed_by, t.followed_at from translation_of t, found where t.revision_id = ${revisionId} and t.followed_at > coalesce(found.at, '-infinity')
    ) m group by by order by max(at)`.execute(db as never)
  return { last: last ?? null, makers: makers.map(({ by }) => by), byMachine }
}

/** Who changed a word of the newest text of a language last. */
export async function findLastMaker(db: ReadDb, itemId: string, lang: Lang): Promise<string | undefined> {
  const { rows } = await sql<{ by: string }>`
    select by from (select number, created_by as by, (title, teaser, body_markdown) is distinct from
        (lag(title) over (order by number), lag(teaser) over (order by number), lag(body_markdown) over (order by number)) as is_changed
      from revision where item_id = ${itemId} and lang = ${lang}) r where is_changed order by number desc limit 1`.execute(db as never)
  return rows[0]?.by
}

/**
 * Whether a machine made the words of a version: a version of the same words says so, or it was said of this one or an earlier one while
 * versions held no such word.
 */
export async function isMarkedByMachine(db: ReadDb, itemId: string, lang: Lang, revisionId: string): Promise<boolean> {
  const { rows } = await sql<{ isMarked: boolean }>`select exists (select from revision w join revision r on r.id = ${revisionId} left join translation_of t on t.revision_id = w.id
    where w.item_id = ${itemId} and w.lang = ${lang} and case when w.frozen ? 'byMachine' then ${sameWords('w', 'r')} else t.by_machine and w.number <= r.number end) as is_marked`.execute(db as never)
  return rows[0]!.isMarked
}
