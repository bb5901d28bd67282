import { expect, test } from 'vitest'
import { obstacleToEndingDuty, obstacleToGivingDuty } from './duty.ts'

const held = [{ duty: 'editor', organisationId: 'a', lang: 'es' }, { duty: 'translator', organisationId: 'a', lang: null }]

test.each([
  ['the same again', { duty: 'editor', organisationId: 'a', lang: 'es' }, 'already-held'],
  ['another language', { duty: 'editor', organisationId: 'a', lang: 'pt' }, null],
  ['all languages, where one was held', { duty: 'editor', organisationId: 'a', lang: null }, null],
  ['one language, where all were held', { duty: 'translator', organisationId: 'a', lang: 'pt' }, 'already-held'],
  ['the same in another organisation', { duty: 'editor', organisationId: 'b', lang: 'es' }, null],
  ['another duty', { duty: 'delegate', organisationId: 'a', lang: null }, null],
] as const)('a further duty is one that she does not have: %s', (_, given, obstacle) => {
  expect(obstacleToGivingDuty(held, given)).toBe(obstacle)
})

test('only the last steward keeps her duty', () => {
  expect(obstacleToEndingDuty({ duty: 'steward', personId: 'luz' }, ['luz'])).toBe('last-steward')
  expect(obstacleToEndingDuty({ duty: 'steward', personId: 'luz' }, ['luz', 'ana'])).toBeNull()
  expect(obstacleToEndingDuty({ duty: 'editor', personId: 'luz' }, ['luz'])).toBeNull()
})
