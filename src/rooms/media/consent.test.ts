import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONSENT_STATES, type Consent, consentMeant, type ConsentTyped, obstacleToShowing, PURPOSES } from './consent.ts'

const now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const ZONE = 'America/Bogota'
const GIVEN: ConsentTyped = { state: 'given', reason: '', shownIn: ['site', 'prints'], until: '', face: 'seen', isFaceHidden: false }
const meant = (more: Partial<ConsentTyped>) => consentMeant({ ...GIVEN, ...more }, ZONE, now)

const anyConsent: fc.Arbitrary<Consent> = fc.record({
  state: fc.constantFrom(...CONSENT_STATES), reason: fc.string(), shownIn: fc.subarray([...PURPOSES]), untilOn: fc.constant(null), faceMayBeSeen: fc.boolean(),
  endsAt: fc.option(fc.integer({ min: -1e9, max: 1e9 }).map((seconds) => now.add({ seconds }))),
})

test('what nobody recorded, what was taken back and what is over is shown for no purpose, whatever else was said', () => {
  fc.assert(fc.property(anyConsent, fc.constantFrom(...PURPOSES), (consent, purpose) => {
    expect(obstacleToShowing(undefined, purpose, now)).toBe('unknown')
    expect(obstacleToShowing({ ...consent, state: 'withdrawn' }, purpose, now)).toBe('withdrawn')
    const isOver = consent.endsAt !== null && Temporal.Instant.compare(consent.endsAt, now) <= 0
    const may = consent.state !== 'withdrawn' && !isOver && (consent.state === 'not-needed' || consent.shownIn.includes(purpose))
    expect(obstacleToShowing(consent, purpose, now) === null).toBe(may)
    // Once over it stays over.
    if (obstacleToShowing(consent, purpose, now) === 'over') expect(obstacleToShowing(consent, purpose, now.add({ hours: 9000 }))).toBe('over')
  }))
})

test.each<[Partial<ConsentTyped>, string]>([
  [{ state: '' }, 'no-state'], [{ state: 'withdrawn' }, 'no-state'], [{ state: 'unknown' }, 'no-state'],
  [{ state: 'not-needed', reason: ' \n ' }, 'no-reason'], [{ state: 'not-needed', reason: 'x'.repeat(301) }, 'long-reason'],
  [{ shownIn: [] }, 'no-place'], [{ shownIn: ['everywhere'] }, 'no-place'],
  [{ until: '2027-02-30' }, 'no-day'], [{ until: 'soon' }, 'no-day'], [{ until: '2026-11-23' }, 'past-day'],
  [{ face: '' }, 'no-face'], [{ face: 'not-seen' }, 'face-shows'],
])('an answer %j is refused: %s', (typed, obstacle) => {
  expect(meant(typed)).toEqual({ obstacle })
})

test('the last day is whole where the site is, and a picture without faces is one that somebody looked at', () => {
  expect(meant({ until: '2026-11-24' })).toMatchObject({ consent: { endsAt: Temporal.Instant.from('2026-11-25T05:00:00Z') } })
  expect(meant({ face: 'not-seen', isFaceHidden: true })).toMatchObject({ consent: { faceMayBeSeen: false, shownIn: ['site', 'prints'] } })
  expect(meant({ state: 'not-needed', reason: ' a  drawing ' })).toMatchObject({ consent: { reason: 'a drawing', shownIn: [], endsAt: null } })
})
