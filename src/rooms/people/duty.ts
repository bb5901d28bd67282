import type { Duty } from '#kernel/viewer/viewer.ts'

/** Why a further duty gives nothing new, or null when it does: whoever does it for all languages does it for each. */
export function obstacleToGivingDuty(held: readonly Duty[], given: Duty): 'already-held' | null {
  const holds = held.some(({ duty, organisationId, lang }) =>
    duty === given.duty && organisationId === given.organisationId && (lang === null || lang === given.lang))
  return holds ? 'already-held' : null
}

/** The last steward keeps her duty: nobody could let anyone in after her. @param stewards ids of those who are stewards now */
export function obstacleToEndingDuty(duty: { duty: string; personId: string }, stewards: readonly string[]): 'last-steward' | null {
  return duty.duty === 'steward' && stewards.every((one) => one === duty.personId) ? 'last-steward' : null
}
