import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { parentsOf } from '#kernel/place/place.ts'
import { type When, firstDay, lastDay, parseWhen, sortDay } from '#kernel/when/when.ts'
import { type ObstacleToPublishing, type ObstacleToWithdrawing, obstacleToPublishing, obstacleToWithdrawing } from '#rooms/media/obstacle.ts'
import type { WithdrawalReason } from '#rooms/media/item.ts'
import { announceItem } from '#rooms/media/server/item-actions.ts'

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

export type PublishOutcome = { published: true; publicationId: string } | { published: false; obstacle: ObstacleToPublishing | 'not-found' }

/**
 * Moves what readers of one language see to one revision, from a moment on. What was to follow later is replaced: the
 * newest decision counts. The item's row is locked, so two publishers take turns and the rule asks about this row.
 */
export async function publishRevision(tx: Tx, publishing: Publishing, actor: string, now: Temporal.Instant): Promise<PublishOutcome> {
  const { itemId, lang, revisionId, from, zone } = publishing
  const item = await tx.selectFrom('item').select(['id', 'kind', 'createdAt']).where('id', '=', itemId).forUpdate().executeTakeFirst()
  const revision = await tx.selectFrom('revision').selectAll()
    .where('id', '=', revisionId).where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst()
  if (!item || !revision) return { published: false, obstacle: 'not-found' }
  const withdrawal = await tx.selectFrom('withdrawal').select('id').where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst()
  const standing = await tx.selectFrom('publication').select(['id', 'revisionId', 'publicFrom']).where('itemId', '=', itemId).where('lang', '=', lang)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', now)])).orderBy('publicFrom', 'desc').execute()
  const isShownAnyway = standing.length === 1 && Temporal.Instant.compare(standing[0]!.publicFrom, from) <= 0
  const obstacle = obstacleToPublishing({
    revisionId, title: revision.title, bodyMarkdown: revision.bodyMarkdown, isWithdrawn: withdrawal !== undefined,
    publishedRevisionId: isShownAnyway ? standing[0]!.revisionId : null,
  })
  if (obstacle) return { published: false, obstacle }
  // What had not begun yet never will; what stands ends at the new one's moment.
  await tx.updateTable('publication').set({ publicUntil: sql`greatest(public_from, least(coalesce(public_until, ${from.toString()}::timestamptz), ${from.toString()}::timestamptz))` })
    .where('itemId', '=', itemId).where('lang', '=', lang)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', from)])).execute()
  const when: When = parseWhen(revision.frozen.when) ?? { precision: 'not-stated' }
  const named = revision.frozen.regions.map((r) => r.place)
  const first = firstDay(when, zone)
  const id = newId()
  await tx.insertInto('publication').values({
    id, itemId, lang, revisionId, publicFrom: from, publicUntil: null, publishedBy: actor, createdAt: now, kind: item.kind,
    sortDay: sortDay(when, zone, item.createdAt.toZonedDateTimeISO(zone).toPlainDate()),
    fromDay: first ?? null, toDay: when.precision === 'open' && first ? FOR_EVER : (lastDay(when, zone) ?? null),
    places: [...new Set(named.flatMap((place) => [place, ...parentsOf(place)]))], placesNamed: named,
  }).execute()
  await record(tx, { actor, act: 'publish-revision', subject: `item:${itemId}`, detail: { lang, revisionId, from: from.toString() } }, now)
  await announceItem(tx, itemId)
  return { published: true, publicationId: id }
}

export interface Withdrawing {
  itemId: string
  lang: Lang
  why: string
  reason: WithdrawalReason
  replacedBy?: string
}

/** Takes one language of an item down, openly: a dated notice stays at its address. Null when it was done. */
export async function withdrawText(tx: Tx, withdrawing: Withdrawing, actor: string, now: Temporal.Instant): Promise<ObstacleToWithdrawing | 'not-found' | null> {
  const { itemId, lang, why, reason } = withdrawing
  const item = await tx.selectFrom('item').select('id').where('id', '=', itemId).forUpdate().executeTakeFirst()
  if (!item) return 'not-found'
  const standing = await tx.selectFrom('publication').select('id').where('itemId', '=', itemId).where('lang', '=', lang).where('publicFrom', '<=', now)
    .where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', now)])).executeTakeFirst()
  const earlier = await tx.selectFrom('withdrawal').select('id').where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst()
  const obstacle = obstacleToWithdrawing({ isPublic: standing !== undefined, isWithdrawn: earlier !== undefined }, why)
  if (obstacle) return obstacle
  await tx.updateTable('publication').set({ publicUntil: sql`greatest(public_from, ${now.toString()}::timestamptz)` })
    .where('itemId', '=', itemId).where('lang', '=', lang).where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', now)])).execute()
  await tx.insertInto('withdrawal').values({
    id: newId(), itemId, lang, at: now, withdrawnBy: actor, reason, note: why.trim(), replacedBy: withdrawing.replacedBy ?? null,
  }).execute()
  await record(tx, { actor, act: 'withdraw-text', subject: `item:${itemId}`, detail: { lang, reason } }, now)
  await announceItem(tx, itemId)
  return null
}

/** A note that readers see above the text and that stays. */
export async function noteCorrection(tx: Tx, itemId: string, lang: Lang, note: string, actor: string, now: Temporal.Instant): Promise<void> {
  await tx.insertInto('itemCorrection').values({ id: newId(), itemId, lang, at: now, note }).execute()
  await record(tx, { actor, act: 'note-correction', subject: `item:${itemId}`, detail: { lang } }, now)
  await announceItem(tx, itemId)
}
