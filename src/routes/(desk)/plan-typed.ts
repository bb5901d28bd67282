import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { KINDS } from '#rooms/media/item.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { PlanTyped } from '#rooms/media/plan.ts'
import { listCampaigns } from '#rooms/media/server/plan-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { lockDutiesOf } from '#rooms/people/server/duty-queries.ts'
import { optionsFor } from './keepers.ts'
import { typed } from './typed.ts'

export const readPlan = (form: FormData): PlanTyped => ({
  title: typed(form, 'title', 1000), kind: typed(form, 'kind', 40), day: typed(form, 'day', 20).trim(), hour: typed(form, 'hour', 10).trim(),
  langs: form.getAll('langs').filter((one) => typeof one === 'string'), keptBy: typed(form, 'keeper', 40), campaign: typed(form, 'campaign', 200),
})

/** What a plan's form offers to choose from. */
export async function planChoices({ db, now, lang }: { db: ReadDb; now: Temporal.Instant; lang: Lang }, who: OnDuty, languages: readonly Lang[]) {
  return {
    kinds: KINDS.map((kind) => ({ value: kind, text: kindName(kind, lang) })),
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    keepers: [{ value: '', text: m.pln_nobody({}, { locale: lang as 'en' }) }, ...(await optionsFor({ db, now, lang }, who))],
    campaigns: await listCampaigns(db, who),
  }
}

/** Who acts and who is to write it, with the duties as they stand, held until the act is done. */
export async function lockedPlanners(tx: Tx, id: string, keptBy: string, now: Temporal.Instant): Promise<{ who: OnDuty; keeper: OnDuty | null }> {
  const duties = await lockDutiesOf(tx, [id, ...(isId(keptBy) && keptBy !== id ? [keptBy] : [])], now)
  return { who: { id, duties: duties.get(id)! }, keeper: isId(keptBy) ? { id: keptBy, duties: duties.get(keptBy) ?? [] } : null }
}
