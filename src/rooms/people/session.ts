const IDLE_MINUTES = 12 * 60
/** The next person at a shared device comes soon. */
const SHARED_IDLE_MINUTES = 10
/** However often she is here: a token that was copied without her knowing opens nothing after that. */
const LONGEST_HOURS = 7 * 24
const SHARED_LONGEST_HOURS = 12
/** A tab that goes to another page says that it closes, and the page that comes says that it is open: on a slow line after a while. */
const TAB_SECONDS = 30
/** How far behind `lastSeenAt` may be: writing it down at every page would be a write a page. */
const SEEN_EVERY_SECONDS = 60

export interface SessionTimes {
  startedAt: Temporal.Instant
  lastSeenAt: Temporal.Instant
  sharedDevice: boolean
  endedAt: Temporal.Instant | null
  tabClosedAt: Temporal.Instant | null
}

export const idleMinutes = (sharedDevice: boolean) => (sharedDevice ? SHARED_IDLE_MINUTES : IDLE_MINUTES)

export function isAlive(session: SessionTimes, now: Temporal.Instant): boolean {
  if (session.endedAt) return false
  if (session.tabClosedAt && Temporal.Instant.compare(now, session.tabClosedAt.add({ seconds: TAB_SECONDS })) >= 0) return false
  const idleUntil = session.lastSeenAt.add({ minutes: idleMinutes(session.sharedDevice) })
  const longest = session.startedAt.add({ hours: session.sharedDevice ? SHARED_LONGEST_HOURS : LONGEST_HOURS })
  return Temporal.Instant.compare(now, idleUntil) < 0 && Temporal.Instant.compare(now, longest) < 0
}

export const isSeenLongAgo = (session: SessionTimes, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, session.lastSeenAt.add({ seconds: SEEN_EVERY_SECONDS })) >= 0

export type TabState = 'open' | 'closed'

/** What a tab said of itself: whether it is open, and when, in milliseconds by its own clock. Null for what no tab says. */
export function readTab(said: { is: string; at: string }): { is: TabState; at: Temporal.Instant } | null {
  if (said.is !== 'open' && said.is !== 'closed') return null
  if (!/^\d{1,15}$/.test(said.at)) return null
  return { is: said.is, at: Temporal.Instant.fromEpochMilliseconds(Number(said.at)) }
}

/** Minutes after sign-in in which a session alone shows that it is she: one that stands open, or was taken, is not enough. */
const FRESH_MINUTES = 10

/** Whether she has just signed in, as whoever changes her ways in must have who types no password for it. */
export const isFresh = (startedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, startedAt.add({ minutes: FRESH_MINUTES })) < 0

const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'], [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'], [/\bLinux\b/, 'Linux'],
]

/**
 * `Firefox, Android` of a user agent. Enough for her to know her own device; models and versions, which could tell
 * hers from others, are never kept. Null when neither is known.
 */
export function deviceOf(userAgent: string | null): string | null {
  const named = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  return [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined).join(', ') || null
}
