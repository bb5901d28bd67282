import { sql } from 'kysely'
import '#rooms/media/server/planning-tables.ts'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { parentsOf } from '#kernel/place/place.ts'
import { firstDay, lastDay, NOT_STATED, parseWhen, sortDay } from '#kernel/when/when.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { type ObstacleToPublishing, obstacleToPublishing } from '#rooms/media/obstacle.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { announceItem, lockItem, noteDraft } from '#rooms/media/server/item-actions.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'
import { takeOutWorkedOn } from '#rooms/media/server/trash-actions.ts'
import { sameWords } from '#rooms/media/server/translation-queries.ts'

/** An open date has no last day; filters treat it as lasting. */
const FOR_EVER = Temporal.PlainDate.from('9999-12-31')

export interface Publishing {
  itemId: string
  lang: Lang
  revisionId: string
  /** Now, or an hour to come. */
  from: Temporal.Instant
  /** The site's zone: in it a day begins and ends. */
  zone: string
}

export type PublishOutcome =
  | { published: true; publicationId: string }
  | { published: false; obstacle: ObstacleToPublishing | 'not-found' | 'past' | 'unread-machine' }

/**
 * Moves what readers of one language see to one revision, from a moment on. What was to follow later is replaced: the
 * newest decision counts. The item's row is locked, so two publishers take turns and the rule asks about this row.
 */
export async function publishRevision(
  tx: Tx, publishing: Publishing, actor: string, now: Temporal.Instant,
): Promise<PublishOutcome> {
  const { itemId, lang, revisionId, from, zone } = publishing
  // A past moment would rewrite what readers were shown.
  if (Temporal.Instant.compare(from, now) < 0) return { published: false, obstacle: 'past' }
  const item = await lockItem(tx, itemId)
  const revision = await findForPublishing(tx, publishing, now)
  if (!item || !revision) return { published: false, obstacle: 'not-found' }
  const { title, bodyMarkdown, isWithdrawn, isClaimed, standing, frozen } = revision
  const [only, another] = standing
  // Shown from that moment on whatever else is planned, so that publishing it would change nothing.
  const isOut = only && !another && Temporal.Instant.compare(Temporal.Instant.from(only.publicFrom), from) <= 0
  const publishedRevisionId = isOut ? only.revisionId : null
  // Asked here, where every way out comes by: the desk, commands, imports.
  const waitsForClaimers = isClaimed && (await listClaimersWaitedFor(tx, itemId, lang, revisionId)).length > 0
  const obstacle = obstacleToPublishing({ revisionId, title, bodyMarkdown, isWithdrawn, publishedRevisionId, waitsForClaimers })
  if (obstacle) return { published: false, obstacle }
  // By a command too: readers are told that a person read and approved it.
  if (revision.isUnreadMachine) return { published: false, obstacle: 'unread-machine' }
  if (only) await endPublications(tx, itemId, lang, from)
  const id = newId()
  await tx.insertInto('publication').values({
    id, itemId, lang, revisionId, publicFrom: from, publicUntil: null, publishedBy: actor, createdAt: now,
    kind: item.kind, ...filedBy(frozen, zone, item.createdAt), inTranslation: waitingBeside(itemId, lang, now),
    words: sql<string>`words_of_revision(${revisionId})`, head: sql<string>`head_of_revision(${revisionId})`,
  }).execute()
  await sql`select file_search_words(${revisionId}::uuid)`.execute(tx)
  await noteDraft(tx, itemId, lang)
  // The desk refused what lies in the trash; who named it in a command wants it: nothing public lies there, and the log tells of it.
  await takeOutWorkedOn(tx, itemId, actor, now)
  const detail = { lang, revisionId, from: from.toString() }
  await record(tx, { actor, act: 'publish-revision', subject: `item:${itemId}`, detail }, now)
  await announceItem(tx, itemId)
  return { published: true, publicationId: id }
}

export async function isWithdrawn(tx: Tx, itemId: string, lang: Lang): Promise<boolean> {
  const row = await tx.selectFrom('withdrawal').select('id')
    .where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst()
  return row !== undefined
}

/** From a moment on nothing stands: what is shown ends there, and what had not begun by then never will. */
export async function endPublications(tx: Tx, itemId: string, lang: Lang, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('publication').set({ publicUntil: sql`greatest(public_from, ${at.toString()}::timestamptz)` })
    .where('itemId', '=', itemId).where('lang', '=', lang)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', at)]))
    .execute()
}

interface RevisionToPublish {
  title: string
  bodyMarkdown: string
  frozen: Frozen
  isWithdrawn: boolean
  /** An organisation that is to sign approves the text in this language. */
  isClaimed: boolean
  /** A machine translated it, and whoever read these words last did not find them right. */
  isUnreadMachine: boolean
  /** What is shown now or will be. */
  standing: { revisionId: string; publicFrom: string }[]
}

/** Of a revision `r`: a machine translated it, and the last word of a reader about these words is not that they are right. */
const unreadMachine = sql<boolean>`(exists (select from translation_of t where t.revision_id = r.id and t.by_machine) and coalesce((select s.verdict from second_reading s join revision w on w.id = s.revision_id
  where w.item_id = r.item_id and w.lang = r.lang and ${sameWords('w', 'r')} order by s.read_at desc, s.id desc limit 1), '') <> 'good')`

/** Whether `publishRevision` would refuse it for want of a reader. */
export async function isUnreadMachine(tx: Tx, revisionId: string): Promise<boolean> {
  const { rows } = await sql<{ isUnread: boolean }>`select ${unreadMachine} as is_unread from revision r where r.id = ${revisionId}`.execute(tx)
  return rows[0]?.isUnread ?? false
}

/** All that the rule asks about, read after the item was locked. */
async function findForPublishing(tx: Tx, publishing: Publishing, now: Temporal.Instant) {
  const { itemId, lang, revisionId } = publishing
  const { rows } = await sql<RevisionToPublish>`
    select r.title, r.body_markdown, r.frozen,
      exists (select from withdrawal w where w.item_id = r.item_id and w.lang = r.lang) as is_withdrawn,
      exists (select from language_claim c join signer_wish s on s.id = c.wish_id where s.item_id = r.item_id and c.lang = r.lang and c.given_back_at is null) as is_claimed,
      ${unreadMachine} as is_unread_machine,
      coalesce((select json_agg(json_build_object('revisionId', q.revision_id, 'publicFrom', q.public_from))
        from publication q where q.item_id = r.item_id and q.lang = r.lang
          and (q.public_until is null or (q.public_until > ${now.toString()}::timestamptz and q.public_until > q.public_from))
      ), '[]') as standing
    from revision r where r.id = ${revisionId} and r.item_id = ${itemId} and r.lang = ${lang}`.execute(tx)
  return rows[0]
}

/** What lists filter by, worked out once from what the revision shows. */
export function filedUnder({ regions, topics }: Frozen) {
  const placesNamed = regions.map((region) => region.place)
  return { places: [...new Set(placesNamed.flatMap((place) => [place, ...parentsOf(place)]))], placesNamed, topics }
}

/** With the days that lists sort by. */
function filedBy(frozen: Frozen, zone: string, recordedAt: Temporal.Instant) {
  const when = parseWhen(frozen.when) ?? NOT_STATED
  const first = firstDay(when, zone) ?? null
  return {
    sortDay: sortDay(when, zone, recordedAt.toZonedDateTimeISO(zone).toPlainDate()),
    fromDay: first, toDay: when.precision === 'open' && first ? FOR_EVER : (lastDay(when, zone) ?? null),
    ...filedUnder(frozen),
  }
}

/** Languages with a text that is saved and not public. Told at a publication, so that saving changes no public byte. */
const waitingBeside = (itemId: string, lang: Lang, now: Temporal.Instant) => sql<Lang[]>`array(
  select distinct r.lang from revision r where r.item_id = ${itemId} and r.lang <> ${lang}
    and not exists (select from publication q
      where q.item_id = r.item_id and q.lang = r.lang and ${publicNow('q', now)})
    and not exists (select from withdrawal w where w.item_id = r.item_id and w.lang = r.lang)
  order by r.lang)`

export type ObstacleToCorrecting = 'no-note' | 'not-public'

/** A note that readers see above the text and that stays; only of what they can read. */
export async function noteCorrection(
  tx: Tx, itemId: string, lang: Lang, note: string, actor: string, now: Temporal.Instant,
): Promise<ObstacleToCorrecting | null> {
  if (note.trim() === '') return 'no-note'
  await lockItem(tx, itemId)
  const { rows } = await sql<{ isPublic: boolean }>`select exists (select from publication q
    where q.item_id = ${itemId} and q.lang = ${lang} and ${publicNow('q', now)}) as is_public`.execute(tx)
  if (!rows[0]!.isPublic) return 'not-public'
  await tx.insertInto('itemCorrection').values({ id: newId(), itemId, lang, at: now, note: note.trim() }).execute()
  await record(tx, { actor, act: 'note-correction', subject: `item:${itemId}`, detail: { lang } }, now)
  await announceItem(tx, itemId)
  return null
}
