import '#rooms/media/server/planning-tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Kind } from '#rooms/media/item.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { LONGEST_PLAN_TITLE, type Planned } from '#rooms/media/plan.ts'
import { findRevision, listDeskTexts, listLanguages } from '#rooms/media/server/desk-item-queries.ts'
import { addPlan, changePlan, keepsOne, removePlan } from '#rooms/media/server/plan-actions.ts'
import { factsOf, stateFacts } from '#rooms/media/server/writing-actions.ts'
import { type ObstacleTogether, topicsWith } from '#rooms/media/together.ts'
import { mayWrite } from '#rooms/media/writing.ts'

// One text of several that something is done with: the act is that of its own page, with its own rights. The caller has locked the item,
// knows that she may read it, and holds her duties until it is done. Null when it was done.

interface LockedItem { id: string; kind: Kind; originalLang: Lang; writtenIn: string | null }

/** Gives a text a topic, or takes it off, in each language that she writes; nothing else that is said about it changes. @param keys `topicsWith` */
export async function changeTopic(tx: Tx, who: OnDuty, item: LockedItem, keys: readonly [string, ...string[]], isAdded: boolean, now: Temporal.Instant): Promise<ObstacleTogether | null> {
  const langs = (await listLanguages(tx, item.id)).filter((lang) => mayWrite(who, item, lang))
  if (langs.length === 0) return 'not-yours'
  let [changed, withdrawn] = [0, 0]
  // Language by language: where two say different things of when and where, neither takes the other's place by this.
  for (const lang of langs) {
    const facts = factsOf((await findRevision(tx, item.id, lang))!.frozen)
    const topics = topicsWith(facts.topics, keys, isAdded)
    if (topics === null) continue
    const stated = await stateFacts(tx, item.id, [lang], { ...facts, topics }, JSON.stringify(facts), who.id, now)
    if (stated === 'not-found') withdrawn++
    else if ('changed' in stated) changed += stated.changed
  }
  if (changed > 0) return null
  return withdrawn > 0 ? 'withdrawn' : isAdded ? 'has-topic' : 'lacks-topic'
}

export interface DayTogether {
  day: Temporal.PlainDate
  /** Who is to write it, with the duties as they stand; null for nobody yet, undefined to leave it as it is. */
  keeper?: OnDuty | null | undefined
  /** A language that it is to be had in besides. */
  alsoIn?: Lang | undefined
}

/** Plans a text for a day: what stands in the plan already, or was removed from it, is changed. */
export async function planItem(tx: Tx, who: OnDuty, item: LockedItem, { day, keeper, alsoIn }: DayTogether, now: Temporal.Instant): Promise<ObstacleTogether | null> {
  if (await tx.selectFrom('trashedItem').select('itemId').where('itemId', '=', item.id).executeTakeFirst()) return 'in-trash'
  const texts = (await listDeskTexts(tx, [item.id], now)).get(item.id)!.filter(({ isWithdrawn }) => !isWithdrawn)
  if (texts.length === 0) return 'withdrawn'
  const plan = await tx.selectFrom('plan').selectAll().where('itemId', '=', item.id).forUpdate().executeTakeFirst()
  const langs = [...new Set([...(plan?.langs ?? texts.map(({ lang }) => lang)), ...(alsoIn === undefined ? [] : [alsoIn])])]
  // The board shows what is still to be done: what readers have in all these languages would be planned unseen.
  if (langs.every((lang) => texts.some((text) => text.lang === lang && text.publicRevisionId !== null))) return 'all-public'
  // Asked before anything is brought back.
  if (keeper && !keepsOne(keeper, langs, item.writtenIn)) return 'may-not-keep'
  if (!plan) {
    const title = [...(texts[0]!.title)].slice(0, LONGEST_PLAN_TITLE).join('').trim()
    if (title === '') return 'no-title'
    const planned: Planned = { title, kind: item.kind, dueDay: day, dueHour: null, langs, keptBy: keeper?.id ?? null, campaign: null }
    const added = await addPlan(tx, who, { planned, keeper: keeper ?? null, itemId: item.id }, item.writtenIn, now)
    return typeof added === 'object' ? null : added === 'not-found' ? 'not-yours' : added
  }
  const dueHour = plan.dueDay !== null && plan.dueDay.equals(day) ? plan.dueHour : null
  const planned: Planned = { title: plan.title, kind: plan.kind, dueDay: day, dueHour, langs, keptBy: keeper === undefined ? plan.keptBy : (keeper?.id ?? null), campaign: plan.campaign }
  if (plan.removedAt !== null) await removePlan(tx, who, plan.id, true, now)
  const changed = await changePlan(tx, who, plan.id, { planned, keeper: keeper ?? null }, plan.version, now)
  return changed === 'not-found' ? 'not-yours' : changed
}

/** Takes a text off the plan; what was begun stays. */
export async function unplanItem(tx: Tx, who: OnDuty, { id }: LockedItem, now: Temporal.Instant): Promise<ObstacleTogether | null> {
  const plan = await tx.selectFrom('plan').select('id').where('itemId', '=', id).where('removedAt', 'is', null).executeTakeFirst()
  return plan && (await removePlan(tx, who, plan.id, false, now)) ? null : 'not-planned'
}
