import { sql } from 'kysely'
import type { ReadDb } from '#kernel/database/tables.ts'
import { type LookFrom, lookFromYears } from '#rooms/media/filed-words.ts'
import type { ItemFilter } from '#rooms/media/item.ts'

/** How many of the nearest texts of a language may be looked through first, and then. */
const NEAREST = [2500, 6000, 12_000, 25_000, 50_000]
const KNOWN_FOR_MS = 600_000
const knownYears = new Map<string, { years: number[]; sizes: number[]; until: number }>()

/** In which years the nearest texts of a language lie. Cuts are kept for ten minutes: those that have aged find the same. */
export async function lookFrom(db: ReadDb, { lang, langs, sort }: ItemFilter): Promise<LookFrom | undefined> {
  if (langs) return undefined
  const order = sort === 'oldest' ? sql`sort_day, item_id` : sql`sort_day desc, item_id desc`
  const key = `${lang} ${sort === 'oldest'}`
  const known = knownYears.get(key)
  const isKnown = known !== undefined && known.until > performance.now()
  if (isKnown && known.years.length === 0) return undefined
  const each = (isKnown ? [0] : [0, ...NEAREST]).map((n) => sql`(select extract(year from sort_day)::int from publication where lang = ${lang} order by ${order} offset ${n} limit 1)`)
  const { rows } = await sql<{ years: (number | null)[] }>`select json_build_array(${sql.join(each)}) as years`.execute(db as never)
  const [nearest, ...read] = rows[0]!.years
  if (nearest == null) return undefined
  const years = isKnown ? known.years : read.filter((year) => year !== null)
  const sizes = isKnown ? known.sizes : NEAREST.slice(0, years.length)
  if (!isKnown) knownYears.set(key, { years, sizes, until: performance.now() + KNOWN_FOR_MS })
  return lookFromYears(nearest, years, sizes)
}
