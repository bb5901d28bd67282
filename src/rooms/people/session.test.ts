import { expect, test } from 'vitest'
import { deviceOf, isAlive, isFresh, isSeenLongAgo, readTab } from '#rooms/people/session.ts'

const seen = Temporal.Instant.from('2026-11-29T10:00:00Z')
const session = (sharedDevice: boolean, endedAt: Temporal.Instant | null = null) => ({ startedAt: seen, lastSeenAt: seen, sharedDevice, endedAt, tabClosedAt: null })

test('a session ends after twelve idle hours, on a shared device after ten idle minutes', () => {
  expect(isAlive(session(false), seen.add({ hours: 12 }).subtract({ seconds: 1 }))).toBe(true)
  expect(isAlive(session(false), seen.add({ hours: 12 }))).toBe(false)
  expect(isAlive(session(true), seen.add({ minutes: 10 }).subtract({ seconds: 1 }))).toBe(true)
  expect(isAlive(session(true), seen.add({ minutes: 10 }))).toBe(false)
})

test('however often she is here, a session ends seven days after sign-in, on a shared device after twelve hours', () => {
  for (const [sharedDevice, hours] of [[false, 7 * 24], [true, 12]] as const) {
    const end = seen.add({ hours })
    const lastSeenAt = end.subtract({ minutes: 1 })
    expect(isAlive({ ...session(sharedDevice), lastSeenAt }, end.subtract({ seconds: 1 }))).toBe(true)
    expect(isAlive({ ...session(sharedDevice), lastSeenAt }, end)).toBe(false)
  }
})

test('what was ended is over at once', () => {
  expect(isAlive(session(false, seen), seen)).toBe(false)
})

test('a session ends half a minute after its tab has closed', () => {
  const closed = { ...session(true), tabClosedAt: seen }
  expect(isAlive(closed, seen.add({ seconds: 29 }))).toBe(true)
  expect(isAlive(closed, seen.add({ seconds: 30 }))).toBe(false)
})

test('what no tab says of itself is nothing', () => {
  expect(readTab({ is: 'open', at: '1790000000000' })).toEqual({ is: 'open', at: Temporal.Instant.fromEpochMilliseconds(1790000000000) })
  for (const said of [{ is: 'shut', at: '1' }, { is: 'closed', at: '' }, { is: 'closed', at: '-1' }, { is: 'closed', at: '1e3' }, { is: 'closed', at: '9'.repeat(16) }]) expect(readTab(said), said.at).toBeNull()
})

test('it is written down once a minute that she was here', () => {
  expect(isSeenLongAgo(session(false), seen.add({ seconds: 59 }))).toBe(false)
  expect(isSeenLongAgo(session(false), seen.add({ seconds: 60 }))).toBe(true)
})

test.each([
  ['Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0', 'Firefox, Android'],
  ['Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0', 'Edge, Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0 Safari/537.36', 'Chrome, Linux'],
  ['<script>', null], ['', null], [null, null],
])('%s is kept as %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device))

test('a sign-in is fresh for ten minutes', () => {
  const startedAt = Temporal.Instant.from('2026-11-29T10:00:00Z')
  expect(isFresh(startedAt, startedAt.add({ minutes: 10 }).subtract({ seconds: 1 }))).toBe(true)
  expect(isFresh(startedAt, startedAt.add({ minutes: 10 }))).toBe(false)
})
