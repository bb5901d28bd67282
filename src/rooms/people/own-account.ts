/** For how long a sign-in without a password shows that it is she: who comes in by a key alone has nothing else to type. */
const RECENT_MINUTES = 10
/** Between the picture of a new key and its first code. */
export const KEY_CHANGE_MINUTES = 15

export const isRecent = (startedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, startedAt.add({ minutes: RECENT_MINUTES })) < 0
