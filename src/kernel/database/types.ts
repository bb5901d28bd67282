import pg from 'pg'

const DATE = 1082
const TIMESTAMPTZ = 1184
const INT8 = 20
const DATE_ARRAY = 1182
const TIMESTAMPTZ_ARRAY = 1185
const INT8_ARRAY = 1016

type Parser = (text: string) => unknown

// NOTE: the published types of `arrayParser` describe another function than the one that is there.
const arrayParser = pg.types.arrayParser as unknown as {
  create(text: string, parse: Parser): { parse(): unknown[] }
}

const parsers = new Map<number, Parser>([
  // `pg` would turn a day into a moment at local midnight, which is another day elsewhere.
  [DATE, (text) => Temporal.PlainDate.from(text)],
  [TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
  [INT8, (text) => BigInt(text)],
])
for (const [array, element] of [[DATE_ARRAY, DATE], [TIMESTAMPTZ_ARRAY, TIMESTAMPTZ], [INT8_ARRAY, INT8]] as const) {
  const parse = parsers.get(element) as Parser
  parsers.set(array, (text) => arrayParser.create(text, parse).parse())
}

/** How values of the database arrive: `date` as PlainDate, `timestamptz` as Instant, `int8` as bigint. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** A value as PostgreSQL reads it. `pg` would send a Temporal value as JSON, in quotes. */
export function writeValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  return Array.isArray(value) ? value.map(writeValue) : value
}
