// Arbitraries for tests.
import fc from 'fast-check'
import { type BareDate, firstDay, lastDay, type When } from './when.ts'

/** Few years, so that dates meet often. */
export const BOUND = { first: '2019-01-01', years: { min: 2019, max: 2022 } }

const year = fc.integer(BOUND.years)
const month = fc.integer({ min: 1, max: 12 })

export const anyBareDate: fc.Arbitrary<BareDate> = fc.oneof(
  fc.record({ precision: fc.constant('year' as const), year }),
  fc.record({ precision: fc.constant('month' as const), year, month }),
  fc
    .record({ precision: fc.constant('day' as const), year, month, day: fc.integer({ min: 1, max: 31 }) })
    .map((date) => ({ ...date, day: Math.min(date.day, new Temporal.PlainYearMonth(date.year, date.month).daysInMonth) })),
)

const anySpan: fc.Arbitrary<When> = fc.tuple(anyBareDate, anyBareDate).map(([a, b]) => {
  const isOrdered = Temporal.PlainDate.compare(firstDay(a, 'UTC') ?? '', lastDay(b, 'UTC') ?? '') <= 0
  return { precision: 'span', from: isOrdered ? a : b, to: isOrdered ? b : a }
})

/** Zones without a summer time, so that every hour exists. */
const anyMoment: fc.Arbitrary<When> = fc
  .record({ year, month, day: fc.integer({ min: 1, max: 28 }), hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .chain((local) =>
    fc.constantFrom('America/Lima', 'America/Guatemala', 'Pacific/Kiritimati', 'UTC').map((zone) => ({
      precision: 'moment', local: Temporal.PlainDateTime.from(local), zone,
    })),
  )

export const anyWhen: fc.Arbitrary<When> = fc.oneof(
  fc.constant<When>({ precision: 'not-stated' }),
  anyBareDate,
  anySpan,
  anyBareDate.map((from): When => ({ precision: 'open', from })),
  anyMoment,
)
