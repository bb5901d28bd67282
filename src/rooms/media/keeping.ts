import type { Lang } from '#kernel/language/language.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'

/** What a rule needs to know about an item, read under a lock. */
export interface KeptItem {
  /** Who answers for it; null while nobody does. */
  keptBy: string | null
  /** The organisation that writes it; null for the alliance itself. */
  writtenIn: string | null
  originalLang: Lang
}

/** Somebody with the duties that stand now. */
export interface OnDuty {
  id: string
  duties: readonly Duty[]
}

/** Whether one of these duties is held in an organisation for a language. */
export const serves = (duties: readonly Duty[], names: readonly string[], organisationId: string | null, lang: Lang): boolean =>
  organisationId !== null && duties.some((held) => names.includes(held.duty) && held.organisationId === organisationId && (held.lang === null || held.lang === lang))

export const isSteward = (duties: readonly Duty[]) => duties.some(({ duty }) => duty === 'steward')

/** Duties by which somebody can keep what her organisation writes. */
export const KEEPING_DUTIES = ['editor', 'translator'] as const

/** Who can answer for it: whoever edits or translates in its organisation, and stewards. A duty for one language is for what was first written in it. */
export const mayKeep = (duties: readonly Duty[], { writtenIn, originalLang }: Omit<KeptItem, 'keptBy'>): boolean => isSteward(duties) || serves(duties, KEEPING_DUTIES, writtenIn, originalLang)

/** Who finds it among the drafts, and hands it on: editors of its organisation, stewards, and whoever keeps it. */
export const mayHandOn = ({ id, duties }: OnDuty, item: KeptItem): boolean =>
  isSteward(duties) || serves(duties, ['editor'], item.writtenIn, item.originalLang) || (item.keptBy === id && mayKeep(duties, item))

export type ObstacleToKeeping = 'not-found' | 'kept-already' | 'may-not-keep'

/** Why an item cannot be handed on so, or null when it can. @param next null sets it down: nobody keeps it, and it waits for somebody */
export function obstacleToKeeping(viewer: OnDuty, item: KeptItem, next: OnDuty | null): ObstacleToKeeping | null {
  if (!mayHandOn(viewer, item)) return 'not-found'
  if ((next?.id ?? null) === item.keptBy) return 'kept-already'
  return next === null || mayKeep(next.duties, item) ? null : 'may-not-keep'
}
