import { dayTyped } from '#kernel/when/typed.ts'

// What the people in a picture or a recording agreed to. None of them is ever named here.

/** Where a picture may be shown. `prints` is what newsrooms are given; `networks` what search engines and other sites show of a page. */
export const PURPOSES = ['site', 'prints', 'networks'] as const
export type Purpose = (typeof PURPOSES)[number]

export const CONSENT_STATES = ['given', 'not-needed', 'withdrawn'] as const
export type ConsentState = (typeof CONSENT_STATES)[number]

/** The newest of what was recorded. What nobody recorded is unknown. */
export interface Consent {
  state: ConsentState
  /** Why nobody has to be asked; '' otherwise. `starter` for what came with the program. */
  reason: string
  shownIn: readonly Purpose[]
  /** The last day on which it holds. */
  untilOn: Temporal.PlainDate | null
  /** When that day is over in the site's zone. */
  endsAt: Temporal.Instant | null
  faceMayBeSeen: boolean
}

export type ObstacleToShowing = 'unknown' | 'withdrawn' | 'over' | 'not-here'

/** Why a picture may not be shown for a purpose at a moment, or null when it may. At the last day's end nothing has to run. */
export function obstacleToShowing(consent: Consent | undefined, purpose: Purpose, now: Temporal.Instant): ObstacleToShowing | null {
  if (!consent) return 'unknown'
  if (consent.state === 'withdrawn') return 'withdrawn'
  if (consent.endsAt !== null && Temporal.Instant.compare(consent.endsAt, now) <= 0) return 'over'
  return consent.state === 'given' && !consent.shownIn.includes(purpose) ? 'not-here' : null
}

/** What was answered about consent, as it was typed. */
export interface ConsentTyped {
  state: string
  reason: string
  shownIn: readonly string[]
  /** `2028-12-31`, or '' for no end. */
  until: string
  /** `seen`, `not-seen`, or '' where nothing was chosen. */
  face: string
  /** She looked: nobody can be recognised in it as it is now. */
  isFaceHidden: boolean
}

export type ObstacleToConsent = 'no-state' | 'no-reason' | 'long-reason' | 'no-place' | 'no-day' | 'past-day' | 'no-face' | 'face-shows'
export const LONGEST_REASON = 300

/** What is recorded of an answer, or why it is none. @param zone the site's, in which the last day ends */
export function consentMeant(typed: ConsentTyped, zone: string, now: Temporal.Instant): { consent: Consent } | { obstacle: ObstacleToConsent } {
  const { state } = typed
  if (state !== 'given' && state !== 'not-needed') return { obstacle: 'no-state' }
  const reason = typed.reason.replace(/\s+/g, ' ').trim()
  if (state === 'not-needed') {
    if (reason === '') return { obstacle: 'no-reason' }
    if (reason.length > LONGEST_REASON) return { obstacle: 'long-reason' }
    return { consent: { state, reason, shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false } }
  }
  const shownIn = PURPOSES.filter((purpose) => typed.shownIn.includes(purpose))
  if (shownIn.length === 0) return { obstacle: 'no-place' }
  const untilOn = typed.until.trim() === '' ? null : dayTyped(typed.until.trim())
  if (untilOn === undefined) return { obstacle: 'no-day' }
  const endsAt = untilOn && untilOn.add({ days: 1 }).toZonedDateTime(zone).toInstant()
  if (endsAt && Temporal.Instant.compare(endsAt, now) <= 0) return { obstacle: 'past-day' }
  if (typed.face !== 'seen' && typed.face !== 'not-seen') return { obstacle: 'no-face' }
  if (typed.face === 'not-seen' && !typed.isFaceHidden) return { obstacle: 'face-shows' }
  return { consent: { state, reason: '', shownIn, untilOn, endsAt, faceMayBeSeen: typed.face === 'seen' } }
}
