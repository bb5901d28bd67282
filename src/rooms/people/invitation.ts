import { DUTIES, type DutyName } from '#rooms/people/person.ts'

/** Days for which an invitation lets somebody in: long enough for whoever reads her messages once a week. */
export const INVITATION_DAYS = 7

const SOON_HOURS = 48
/** Whether a link is about to end, so that whoever made it may ask after the person. */
export const endsSoon = (expiresAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(expiresAt, now.add({ hours: SOON_HOURS })) < 0

/** To which duty somebody is invited: in one organisation, and for one language or (null) all. */
export interface Invited {
  duty: DutyName
  organisationId: string | null
  lang: string | null
}

/** Duties that are for texts, and so may be for those of one language. */
const OF_LANGUAGE: readonly DutyName[] = ['editor', 'translator']

export type ObstacleToInviting = 'no-duty' | 'no-organisation' | 'no-language-of-duty'

/**
 * What was chosen, or why nobody can be invited to it. A steward's duty is for the whole house, every other for one
 * organisation; what a steward's form says of an organisation is passed over.
 * @param chosen as the form sends it; '' where nothing was chosen
 */
export function invitedBy(chosen: { duty: string; organisation: string; lang: string }, languages: readonly string[]): Invited | ObstacleToInviting {
  const duty = DUTIES.find((one) => one === chosen.duty)
  if (!duty) return 'no-duty'
  if (duty === 'steward') return { duty, organisationId: null, lang: null }
  if (chosen.organisation === '') return 'no-organisation'
  if (chosen.lang !== '' && !(OF_LANGUAGE.includes(duty) && languages.includes(chosen.lang))) return 'no-language-of-duty'
  return { duty, organisationId: chosen.organisation, lang: chosen.lang || null }
}
