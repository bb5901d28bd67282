/** Whether this machine knows a time zone of the IANA list. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-001', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** As the IANA list spells it. Offsets (-05:00) are no zones: where clocks change, days would begin an hour late. */
export function findZone(name: string): string | undefined {
  try {
    return /^[a-z]/i.test(name) ? new Temporal.ZonedDateTime(0n, name).timeZoneId : undefined
  } catch {
    return undefined
  }
}

/** Zones to choose from: those of the IANA list that this machine knows, and the one that no place has. */
export const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
