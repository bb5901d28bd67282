import fc from 'fast-check'
import { expect, test } from 'vitest'
import { obstacleToProposing, tally, type Voice, votersOf } from './recognition.ts'

const voices = fc.array(fc.constantFrom<Voice[]>(true, false, undefined), { minLength: 1, maxLength: 12 })
const count = (all: readonly Voice[], voice: Voice) => all.filter((one) => one === voice).length

test.each([
  [[], 'rejected'], [[true], 'carried'], [[false], 'rejected'], [[undefined], null], [[true, undefined], null], [[true, false], 'rejected'],
  [[true, true, undefined], 'carried'], [[false, false, undefined], 'rejected'], [[true, true, undefined, undefined], null], [[true, true, true, undefined], 'carried'],
] as const)('%j is %s', (all, outcome) => {
  expect(tally(all)).toBe(outcome)
})

test('silence is never agreement: whoever is carried has more than half of all, however many are silent', () => {
  fc.assert(fc.property(voices, (all) => {
    if (tally(all) === 'carried') expect(count(all, true)).toBeGreaterThan(all.length / 2)
  }))
})

test('rejected means that no answer of the silent could carry it, and open that one could', () => {
  fc.assert(fc.property(voices, (all) => {
    const best = tally(all.map((voice) => voice ?? true))
    expect(tally(all) === 'rejected').toBe(best !== 'carried')
  }))
})

test('when all have spoken it is decided, and in no order of speaking otherwise', () => {
  fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (all) => {
    expect(tally(all)).not.toBeNull()
    expect(tally(all.toReversed())).toBe(tally(all))
  }))
})

test('a member has no voice in ending its own recognition, and one in every other question', () => {
  expect(votersOf({ kind: 'end', organisationId: 'a' }, ['a', 'b'])).toEqual(['b'])
  expect(votersOf({ kind: 'recognise', organisationId: 'c' }, ['a', 'b'])).toEqual(['a', 'b'])
})

test('only what makes a difference is proposed, and with its reason', () => {
  expect(obstacleToProposing({ kind: 'recognise', why: 'Its statutes' }, false)).toBeNull()
  expect(obstacleToProposing({ kind: 'recognise', why: 'Its statutes' }, true)).toBe('already-recognised')
  expect(obstacleToProposing({ kind: 'end', why: 'It asked' }, true)).toBeNull()
  expect(obstacleToProposing({ kind: 'end', why: 'It asked' }, false)).toBe('not-recognised')
  expect(obstacleToProposing({ kind: 'end', why: ' ' }, true)).toBe('no-reason')
})
