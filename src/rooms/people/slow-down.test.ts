import { expect, test } from 'vitest'
import { LONGEST_WAIT_MS, SlowDown, waitAfter } from '#rooms/people/slow-down.ts'

const now = Temporal.Instant.from('2026-11-29T10:00:00Z')

test('three attempts are free, then each waits twice as long, and never longer than five seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 60, 2000].map(waitAfter)).toEqual([0, 0, 0, 500, 1000, 2000, 4000, 5000, 5000, 5000])
  const slow = new SlowDown()
  const waits = Array.from({ length: 500 }, () => slow.attempt('ana', now))
  expect(Math.max(...waits)).toBe(LONGEST_WAIT_MS)
})

test('attempts at one name slow no other, and coming in ends it', () => {
  const slow = new SlowDown()
  for (let i = 0; i < 6; i++) slow.attempt('ana', now)
  expect(slow.attempt('luz', now)).toBe(0)
  expect(slow.attempt('ana', now)).toBe(4000)
  slow.cameIn('ana')
  expect(slow.attempt('ana', now)).toBe(0)
})

test('what was a quarter of an hour ago is forgotten', () => {
  const slow = new SlowDown()
  for (let i = 0; i < 6; i++) slow.attempt('ana', now)
  expect(slow.attempt('ana', now.add({ minutes: 15 }))).toBe(0)
})
