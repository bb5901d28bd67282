import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hourMeant, zonesFrom } from './going-out.ts'

const now = Temporal.Instant.from('2026-03-01T12:00:00Z')
const SITE = 'America/Asuncion'
const meant = (day: string, hour: string, zone: string) => {
  const read = hourMeant({ day, hour, zone }, SITE, now)
  return 'at' in read ? read.at.toString() : read.obstacle
}

test('a day, an hour and a zone are one moment', () => {
  expect(meant('2026-11-25', '09:00', 'America/Bogota')).toBe('2026-11-25T14:00:00Z')
  expect(meant('2026-11-25', '9.05', 'UTC')).toBe('2026-11-25T09:05:00Z')
})

test('an hour that clocks leap over, and one that comes twice, are told and not guessed', () => {
  // Santiago goes forward on 6 September 2026 at 0:00 and back on 5 April at 0:00.
  expect(meant('2026-09-06', '00:30', 'America/Santiago')).toBe('skipped')
  expect(meant('2026-04-04', '23:30', 'America/Santiago')).toBe('twice')
  expect(meant('2026-04-05', '00:30', 'America/Santiago')).toBe('2026-04-05T04:30:00Z')
})

test('what is past, and what is no day, hour or zone, is refused', () => {
  expect(meant('2026-02-28', '09:00', SITE)).toBe('past')
  expect([meant('2026-02-30', '09:00', SITE), meant('tomorrow', '09:00', SITE), meant('', '09:00', SITE)]).toEqual(['no-day', 'no-day', 'no-day'])
  expect([meant('2026-11-25', '24:00', SITE), meant('2026-11-25', 'noon', SITE)]).toEqual(['no-hour', 'no-hour'])
  expect([meant('2026-11-25', '09:00', '-05:00'), meant('2026-11-25', '09:00', 'Europe/Madrid')]).toEqual(['no-zone', 'no-zone'])
})

test('the site’s zone stands first, and each once; all are zones', () => {
  for (const site of [SITE, 'Europe/Paris']) {
    const zones = zonesFrom(site)
    expect([zones[0], new Set(zones).size]).toEqual([site, zones.length])
    for (const zone of zones) expect(() => now.toZonedDateTimeISO(zone)).not.toThrow()
  }
})

test('whatever is typed, the moment meant reads as it was typed', () => {
  const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
  fc.assert(fc.property(part(12), part(31), part(23), part(59), fc.constantFrom(...zonesFrom(SITE)), (month, day, hour, minute, zone) => {
    const read = hourMeant({ day: `2026-${month}-${day}`, hour: `${hour}:${minute}`, zone }, SITE, now)
    if ('at' in read) expect(read.at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(`2026-${month}-${day}T${hour}:${minute}`)
  }))
})
