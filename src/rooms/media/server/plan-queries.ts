import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/planning-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty } from '#rooms/media/keeping.ts'
import type { PlanTable } from '#rooms/media/server/planning-tables.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'

/** As many as the board shows. */
export const MOST_PLANS = 200

export type Plan = Omit<PlanTable, 'version' | 'createdBy' | 'createdAt' | 'removedAt'> & { version: number }

const COLUMNS = ['id', 'title', 'kind', 'dueDay', 'dueHour', 'langs', 'keptBy', 'writtenIn', 'campaign', 'itemId', 'version'] as const

/** What is still to be done and she may see, what is due first first. What is public in all its languages is done. */
export async function listPlans(db: ReadDb, who: OnDuty, { whose, campaign }: { whose: 'any' | 'mine' | 'nobody'; campaign?: string | undefined }, now: Temporal.Instant): Promise<Plan[]> {
  return db.selectFrom('plan as l').select(COLUMNS).where('removedAt', 'is', null).where(inSight(who))
    .where(sql<boolean>`(l.item_id is null or (not exists (select from trashed_item t where t.item_id = l.item_id)
      and exists (select from unnest(l.langs) as x (lang) where not exists (select from publication p where p.item_id = l.item_id and p.lang = x.lang and ${publicNow('p', now)}))))`)
    .$if(whose === 'mine', (query) => query.where('keptBy', '=', who.id)).$if(whose === 'nobody', (query) => query.where('keptBy', 'is', null))
    .$if(campaign !== undefined, (query) => query.where('campaign', '=', campaign!))
    .orderBy('dueDay', (day) => day.asc().nullsLast()).orderBy('dueHour', (hour) => hour.asc().nullsLast()).orderBy('id').limit(MOST_PLANS).execute()
}

export const findPlan = async (db: ReadDb, id: string): Promise<Plan | undefined> =>
  isId(id) ? db.selectFrom('plan').select(COLUMNS).where('id', '=', id).where('removedAt', 'is', null).executeTakeFirst() : undefined

/** Campaigns that plans she may see name, to choose from. */
export async function listCampaigns(db: ReadDb, who: OnDuty): Promise<string[]> {
  const rows = await db.selectFrom('plan as l').select('campaign').distinct().where('campaign', 'is not', null).where('removedAt', 'is', null).where(inSight(who)).orderBy('campaign').limit(100).execute()
  return rows.map(({ campaign }) => campaign!)
}

/** `mayRead` as a condition. */
function inSight({ duties }: OnDuty): RawBuilder<boolean> {
  if (isSteward(duties)) return sql`true`
  const own = duties.filter(({ duty, organisationId }) => organisationId !== null && (KEEPING_DUTIES as readonly string[]).includes(duty)).map(({ organisationId }) => organisationId!)
  return own.length > 0 ? sql`l.written_in = any(${own}::uuid[])` : sql`false`
}
