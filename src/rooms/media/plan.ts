import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import { dayTyped, hourTyped } from '#kernel/when/typed.ts'
import { isKind, type Kind } from '#rooms/media/item.ts'

// What is to be written: by when, by whom, in which languages.

/** A plan as somebody types it. */
export interface PlanTyped {
  title: string
  kind: string
  /** `2026-11-25`, or '' for no day. */
  day: string
  /** `09:00`, or '' for the whole day. */
  hour: string
  langs: readonly string[]
  /** Person's id, or '' for nobody yet. */
  keptBy: string
  campaign: string
}

export interface Planned {
  title: string
  kind: Kind
  dueDay: Temporal.PlainDate | null
  dueHour: string | null
  langs: Lang[]
  keptBy: string | null
  campaign: string | null
}

export const LONGEST_PLAN_TITLE = 200
export const LONGEST_CAMPAIGN = 60

export type PlanProblem = 'title' | 'long-title' | 'kind' | 'day' | 'hour' | 'hour-alone' | 'langs' | 'keeper' | 'long-campaign'

/** What was meant, or all that is wrong with it. @param languages of the site */
export function planMeant(typed: PlanTyped, languages: readonly Lang[]): { planned: Planned } | { problems: PlanProblem[] } {
  const problems: PlanProblem[] = []
  const title = typed.title.replace(/\s+/g, ' ').trim()
  const campaign = typed.campaign.replace(/\s+/g, ' ').trim()
  if (title === '') problems.push('title')
  if (title.length > LONGEST_PLAN_TITLE) problems.push('long-title')
  if (!isKind(typed.kind)) problems.push('kind')
  const dueDay = typed.day === '' ? null : dayTyped(typed.day)
  if (dueDay === undefined) problems.push('day')
  const time = hourTyped(typed.hour)
  if (typed.hour !== '' && !time) problems.push('hour')
  else if (time && dueDay === null) problems.push('hour-alone')
  const langs = languages.filter((lang) => typed.langs.includes(lang))
  if (langs.length === 0) problems.push('langs')
  // As the house writes ids and in no other spelling: who it is must be asked of the very same.
  if (typed.keptBy !== '' && !isId(typed.keptBy)) problems.push('keeper')
  if (campaign.length > LONGEST_CAMPAIGN) problems.push('long-campaign')
  if (problems.length > 0 || !isKind(typed.kind) || dueDay === undefined) return { problems }
  const dueHour = time?.toString({ smallestUnit: 'minute' }) ?? null
  return { planned: { title, kind: typed.kind, dueDay, dueHour, langs, keptBy: typed.keptBy || null, campaign: campaign || null } }
}

export const PLAN_GROUPS = ['late', 'this-week', 'next-week', 'later', 'no-day'] as const
export type PlanGroup = (typeof PLAN_GROUPS)[number]

/** Where a plan stands on the board. Weeks begin on Monday. @param now in the site's zone */
export function groupOf({ dueDay, dueHour }: Pick<Planned, 'dueDay' | 'dueHour'>, now: Temporal.ZonedDateTime): PlanGroup {
  if (dueDay === null) return 'no-day'
  const today = now.toPlainDate()
  const isPast = Temporal.PlainDate.compare(dueDay, today)
  if (isPast < 0 || (isPast === 0 && dueHour !== null && Temporal.PlainTime.compare(Temporal.PlainTime.from(dueHour), now.toPlainTime()) < 0)) return 'late'
  const { sunday } = weekOf(today)
  if (Temporal.PlainDate.compare(dueDay, sunday) <= 0) return 'this-week'
  return Temporal.PlainDate.compare(dueDay, sunday.add({ days: 7 })) <= 0 ? 'next-week' : 'later'
}

export function weekOf(day: Temporal.PlainDate): { monday: Temporal.PlainDate; sunday: Temporal.PlainDate } {
  const monday = day.subtract({ days: day.dayOfWeek - 1 })
  return { monday, sunday: monday.add({ days: 6 }) }
}
