import { dayTyped, hourTyped } from '#kernel/when/typed.ts'

// The hour at which a text is to go out, as somebody types it: a day, an hour and a zone.

/** Zones of the region and the one without a place; the site's own stands before them. */
const ZONES_NEAR = [
  'America/Argentina/Buenos_Aires', 'America/Asuncion', 'America/Bogota', 'America/Caracas', 'America/Cayenne', 'America/Costa_Rica', 'America/El_Salvador',
  'America/Guatemala', 'America/Guayaquil', 'America/Guyana', 'America/Havana', 'America/Jamaica', 'America/La_Paz', 'America/Lima', 'America/Managua',
  'America/Manaus', 'America/Martinique', 'America/Mexico_City', 'America/Montevideo', 'America/Panama', 'America/Paramaribo', 'America/Port-au-Prince',
  'America/Port_of_Spain', 'America/Puerto_Rico', 'America/Santiago', 'America/Santo_Domingo', 'America/Sao_Paulo', 'America/Tegucigalpa', 'America/Tijuana', 'UTC',
]

/** Which zones can be chosen. */
export const zonesFrom = (siteZone: string): string[] => [siteZone, ...ZONES_NEAR.filter((zone) => zone !== siteZone)]

export interface HourTyped {
  /** `2026-11-25` */
  day: string
  /** `09:00` */
  hour: string
  zone: string
}

/** `skipped`: clocks leap over it. `twice`: clocks go back, and it comes two times. */
export type ObstacleToHour = 'no-day' | 'no-hour' | 'no-zone' | 'skipped' | 'twice' | 'past'

/** The moment that is meant, or why none is: where an hour is none or two, nobody guesses. */
export function hourMeant({ day, hour, zone }: HourTyped, siteZone: string, now: Temporal.Instant): { at: Temporal.Instant } | { obstacle: ObstacleToHour } {
  const date = dayTyped(day)
  if (!date) return { obstacle: 'no-day' }
  const time = hourTyped(hour)
  if (!time) return { obstacle: 'no-hour' }
  if (!zonesFrom(siteZone).includes(zone)) return { obstacle: 'no-zone' }
  const local = date.toPlainDateTime(time)
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => local.toZonedDateTime(zone, { disambiguation })) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  if (!earlier.toPlainDateTime().equals(local)) return { obstacle: 'skipped' }
  if (!earlier.equals(later)) return { obstacle: 'twice' }
  const at = earlier.toInstant()
  return Temporal.Instant.compare(at, now) <= 0 ? { obstacle: 'past' } : { at }
}
