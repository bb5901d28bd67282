import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupOf, PLAN_GROUPS, type PlanTyped, planMeant, weekOf } from './plan.ts'

const TYPED: PlanTyped = { title: ' Lo que  pedimos ', kind: 'statement', day: '2026-11-25', hour: '9:00', langs: ['pt', 'es', 'xx'], keptBy: '', campaign: '' }
const LANGUAGES = ['es', 'pt', 'fr', 'en', 'ht']
const meant = (over: Partial<PlanTyped>) => planMeant({ ...TYPED, ...over }, LANGUAGES)

test('a plan is read as it was meant', () => {
  expect(meant({})).toEqual({ planned: { title: 'Lo que pedimos', kind: 'statement', dueDay: Temporal.PlainDate.from('2026-11-25'), dueHour: '09:00', langs: ['es', 'pt'], keptBy: null, campaign: null } })
  expect(meant({ hour: '9h30' })).toMatchObject({ planned: { dueHour: '09:30' } })
  expect(meant({ day: '', hour: '', campaign: ' 17 de diciembre ' })).toMatchObject({ planned: { dueDay: null, dueHour: null, campaign: '17 de diciembre' } })
})

test.each<[Partial<PlanTyped>, string[]]>([
  [{ title: ' ' }, ['title']], [{ title: 'x'.repeat(201) }, ['long-title']], [{ kind: 'poem' }, ['kind']], [{ day: '2026-02-30' }, ['day']], [{ day: 'tomorrow' }, ['day']],
  [{ hour: '25:00' }, ['hour']], [{ day: '', hour: '09:00' }, ['hour-alone']], [{ langs: ['xx'] }, ['langs']], [{ keptBy: '{01933a6e-0000-7000-8000-000000000001}' }, ['keeper']], [{ keptBy: 'x' }, ['keeper']], [{ campaign: 'x'.repeat(61) }, ['long-campaign']],
  [{ title: '', langs: [], day: 'x' }, ['title', 'day', 'langs']],
])('all that is wrong is told at once: %j', (over, problems) => {
  expect(meant(over)).toEqual({ problems })
})

test('the board of a Wednesday: late, this week until Sunday, the next one, later, and without a day', () => {
  const now = Temporal.ZonedDateTime.from('2026-11-25T10:00[America/Bogota]')
  const of = (day: string | null, hour: string | null = null) => groupOf({ dueDay: day === null ? null : Temporal.PlainDate.from(day), dueHour: hour }, now)
  expect([of('2026-11-24'), of('2026-11-25', '09:59'), of('2026-11-25'), of('2026-11-25', '10:00'), of('2026-11-29'), of('2026-11-30'), of('2026-12-06'), of('2026-12-07'), of(null)])
    .toEqual(['late', 'late', 'this-week', 'this-week', 'this-week', 'next-week', 'next-week', 'later', 'no-day'])
})

test('groups follow each other as days do', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -40, max: 40 }), fc.integer({ min: 0, max: 40 }), (start, a, more) => {
    const today = Temporal.PlainDate.from('2024-01-01').add({ days: start })
    const now = today.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' })
    const at = (days: number) => PLAN_GROUPS.indexOf(groupOf({ dueDay: today.add({ days }), dueHour: null }, now))
    expect(at(a)).toBeLessThanOrEqual(at(a + more))
    const { monday, sunday } = weekOf(today)
    expect([monday.dayOfWeek, sunday.dayOfWeek, monday.until(sunday).days]).toEqual([1, 7, 6])
  }))
})
