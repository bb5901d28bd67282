import { expect, test } from 'vitest'
import { obstacleToUndoing, secondsToUndo, type Standing, UNDO_SECONDS } from './undo.ts'

const decidedAt = Temporal.Instant.from('2026-11-29T12:00:00Z')
const standing: Standing = { publicationId: 'a', decidedAt, isFollowed: false, isCorrected: false }
const after = (seconds: number) => decidedAt.add({ milliseconds: Math.round(seconds * 1000) })

test('what was published can be undone for a minute, and not a second longer', () => {
  expect([0, 1, 59, 59.9].map((seconds) => obstacleToUndoing(standing, 'a', after(seconds)))).toEqual([null, null, null, null])
  expect([60, 61, 3600].map((seconds) => obstacleToUndoing(standing, 'a', after(seconds)))).toEqual(['too-late', 'too-late', 'too-late'])
  expect([0, 0.5, 59.9, 60, 90].map((seconds) => secondsToUndo(decidedAt, after(seconds)))).toEqual([UNDO_SECONDS, UNDO_SECONDS, 1, 0, 0])
})

test('nothing is undone that does not stand, that something follows, or that was corrected since', () => {
  expect(obstacleToUndoing(null, 'a', decidedAt)).toBe('not-standing')
  expect(obstacleToUndoing(standing, 'b', decidedAt)).toBe('not-standing')
  expect(obstacleToUndoing({ ...standing, isFollowed: true }, 'a', decidedAt)).toBe('published-since')
  expect(obstacleToUndoing({ ...standing, isCorrected: true }, 'a', decidedAt)).toBe('corrected-since')
})
