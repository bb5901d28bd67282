import { sql } from 'kysely'
import '#rooms/media/server/translation-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { sameWords, sourceThen } from '#rooms/media/server/translation-queries.ts'

/** What somebody says that a translation follows. */
export interface Following {
  /** The source's revision that she saw. */
  sourceId: string
  /** She says that her text follows it as it stands; else it goes on following what it did. */
  isFollowing: boolean
}

/**
 * Notes what a new revision of a translation follows: what she says, else what the revision before it did, else what of the source was
 * newest. Text of a machine stays text of a machine until a person finds it right, and so does what is made of it; words that were there
 * before keep the mark that they had, or had not.
 * @param formerId the revision before; undefined for the first
 */
export async function noteFollowed(tx: Tx, revisionId: string, formerId: string | undefined, following: Following | undefined, actor: string, now: Temporal.Instant): Promise<void> {
  const said = following && (following.isFollowing || formerId === undefined) ? following.sourceId : null
  const former = sql`(select coalesce(f.source_revision_id, ${sourceThen('p')}) from revision p left join translation_of f on f.revision_id = p.id where p.id = ${formerId ?? null}::uuid)`
  await sql`insert into translation_of (revision_id, source_revision_id, followed_by, followed_at, by_machine)
    select r.id, coalesce(${said}::uuid, ${former}, ${sourceThen('r')}),
      case when ${said}::uuid is null and p.id is not null then coalesce(f.followed_by, p.created_by) else ${actor} end,
      case when ${said}::uuid is null and p.id is not null then coalesce(f.followed_at, p.created_at) else ${now.toString()}::timestamptz end,
      coalesce(
        (select bool_or(coalesce(t.by_machine, false)) from revision w left join translation_of t on t.revision_id = w.id
          where w.item_id = r.item_id and w.lang = r.lang and w.id <> r.id and ${sameWords('w', 'r')})
          and not exists (select from second_reading s join revision w on w.id = s.revision_id
            where s.verdict = 'good' and w.item_id = r.item_id and w.lang = r.lang and ${sameWords('w', 'r')}),
        coalesce(f.by_machine, false) and not exists (select from second_reading s join revision w on w.id = s.revision_id
            where s.verdict = 'good' and w.item_id = r.item_id and w.lang = r.lang and ${sameWords('w', 'p')}))
    from revision r left join revision p on p.id = ${formerId ?? null}::uuid left join translation_of f on f.revision_id = p.id
    where r.id = ${revisionId} and coalesce(${said}::uuid, ${former}, ${sourceThen('r')}) is not null`.execute(tx)
}

/**
 * The newest text of a language follows a newer source, though no word of it changed. The caller has locked the item.
 * @param revisionId the newest text @returns false when it follows that one already
 */
export async function followSource(tx: Tx, { itemId, lang, revisionId, sourceId }: { itemId: string; lang: Lang; revisionId: string; sourceId: string }, actor: string, now: Temporal.Instant): Promise<boolean> {
  const row = await tx.selectFrom('translationOf').select(['sourceRevisionId']).where('revisionId', '=', revisionId).executeTakeFirst()
  if (row?.sourceRevisionId === sourceId) return false
  const said = { sourceRevisionId: sourceId, followedBy: actor, followedAt: now }
  await tx.insertInto('translationOf').values({ revisionId, ...said, byMachine: false }).onConflict((oc) => oc.column('revisionId').doUpdateSet(said)).execute()
  await record(tx, { actor, act: 'follow-source', subject: `item:${itemId}`, detail: { lang, revisionId, sourceRevisionId: sourceId } }, now)
  return true
}

/** Says of the newest text of a language that a machine made it. */
export async function noteMachine(tx: Tx, { itemId, lang, revisionId }: { itemId: string; lang: Lang; revisionId: string }, actor: string, now: Temporal.Instant): Promise<void> {
  const noted = await tx.updateTable('translationOf').set({ byMachine: true }).where('revisionId', '=', revisionId).where('byMachine', '=', false).returning('revisionId').executeTakeFirst()
  if (noted) await record(tx, { actor, act: 'note-machine', subject: `item:${itemId}`, detail: { lang, revisionId } }, now)
}
