import '#rooms/media/server/planning-tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { mayKeep, type OnDuty } from '#rooms/media/keeping.ts'
import type { Planned } from '#rooms/media/plan.ts'
import { beginText } from '#rooms/media/server/writing-actions.ts'
import { mayRead, writesFor } from '#rooms/media/writing.ts'

/** @param keeper of the plan, with the duties as they stand; null for nobody yet */
export interface PlanToWrite { planned: Planned; keeper: OnDuty | null; /** Where somebody began it already. */ itemId?: string }

/** Plans a text of an organisation. @param who with the duties as they stand, held until the act is done @returns its id */
export async function addPlan(tx: Tx, who: OnDuty, { planned, keeper, itemId }: PlanToWrite, writtenIn: string | null, now: Temporal.Instant): Promise<{ id: string } | 'not-found' | 'may-not-keep'> {
  if (!planned.langs.some((lang) => writesFor(who, lang).includes(writtenIn))) return 'not-found'
  if (keeper && !keepsOne(keeper, planned.langs, writtenIn)) return 'may-not-keep'
  const id = newId()
  await tx.insertInto('plan').values({ id, ...planned, writtenIn, itemId: itemId ?? null, createdBy: who.id, createdAt: now, removedAt: null }).execute()
  await record(tx, { actor: who.id, act: 'add-plan', subject: `plan:${id}` }, now)
  return { id }
}

/** @param drawn its version when the form was drawn: what somebody changed since is never written over */
export async function changePlan(tx: Tx, who: OnDuty, id: string, { planned, keeper }: PlanToWrite, drawn: number, now: Temporal.Instant): Promise<'not-found' | 'changed-meanwhile' | 'may-not-keep' | null> {
  const plan = await lockPlan(tx, who, id)
  if (!plan || plan.removedAt !== null) return 'not-found'
  if (plan.version !== drawn) return 'changed-meanwhile'
  if (keeper && !keepsOne(keeper, planned.langs, plan.writtenIn)) return 'may-not-keep'
  await tx.updateTable('plan').set({ ...planned, version: drawn + 1 }).where('id', '=', id).execute()
  await record(tx, { actor: who.id, act: 'change-plan', subject: `plan:${id}` }, now)
  return null
}

/** Takes it from the board, or brings it back. False where there is none of hers that stands so. */
export async function removePlan(tx: Tx, who: OnDuty, id: string, isBack: boolean, now: Temporal.Instant): Promise<boolean> {
  const plan = await lockPlan(tx, who, id)
  if (!plan || (plan.removedAt !== null) !== isBack) return false
  await tx.updateTable('plan').set({ removedAt: isBack ? null : now }).where('id', '=', id).execute()
  await record(tx, { actor: who.id, act: isBack ? 'take-back-plan' : 'remove-plan', subject: `plan:${id}` }, now)
  return true
}

/**
 * Begins the text that was planned, in the first of its languages that she writes. Where somebody began it already, that one.
 * @param issuedBy whose words they are until others sign
 */
export async function beginPlan(tx: Tx, who: OnDuty, id: string, issuedBy: string | null, now: Temporal.Instant): Promise<{ itemId: string; lang: Lang } | 'not-found' | 'no-language'> {
  const plan = await lockPlan(tx, who, id)
  if (!plan || plan.removedAt !== null) return 'not-found'
  const lang = plan.langs.find((one) => writesFor(who, one).includes(plan.writtenIn))
  if (plan.itemId !== null) return { itemId: plan.itemId, lang: lang ?? plan.langs[0]! }
  if (lang === undefined) return 'no-language'
  const itemId = await beginText(tx, who, { kind: plan.kind, lang, writtenIn: plan.writtenIn, words: { title: plan.title, teaser: '', bodyMarkdown: '' }, issuedBy }, now)
  if (itemId === 'not-found') return 'no-language'
  await tx.updateTable('plan').set({ itemId, version: plan.version + 1 }).where('id', '=', id).execute()
  await record(tx, { actor: who.id, act: 'begin-plan', subject: `plan:${id}`, detail: { lang } }, now)
  return { itemId, lang }
}

/** Whether somebody can write one of these languages for an organisation. */
export const keepsOne = (keeper: OnDuty, langs: readonly Lang[], writtenIn: string | null) => langs.some((originalLang) => mayKeep(keeper.duties, { writtenIn, originalLang }))

async function lockPlan(tx: Tx, who: OnDuty, id: string) {
  const plan = isId(id) ? await tx.selectFrom('plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  return plan && mayRead(who, { writtenIn: plan.writtenIn, originalLang: plan.langs[0]! }) ? plan : undefined
}
