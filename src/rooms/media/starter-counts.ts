import * as v from 'valibot'
import type { Lang } from '#kernel/language/language.ts'
import { formatNumber } from '#kernel/language/numbers.ts'
import { contains, isPlace } from '#kernel/place/place.ts'

const LawRecord = v.object({
  jurisdiction: v.pipe(v.string(), v.check((code) => isPlace(code), 'no place that we know')),
  dimension: v.string(),
  confidence: v.picklist(['high', 'medium', 'unverified']),
  valid_from: v.nullable(v.string()),
  as_of: v.nullable(v.number()),
})
const Work = v.object({ custom: v.object({ source_kind: v.string(), jurisdictions: v.array(v.string()) }) })

/** What starter texts may count, of `starter/data`. */
export interface StarterData {
  laws: v.InferOutput<typeof LawRecord>[]
  works: v.InferOutput<typeof Work>[]
}

/** Reads the parsed files `laws.json` and `evidence.json`; throws when one is not made as `starter/data/README.md` says. */
export const readStarterData = (laws: unknown, evidence: unknown): StarterData => ({
  laws: v.parse(v.array(LawRecord), laws),
  works: v.parse(v.array(Work), evidence),
})

const REGION = '419'
const CARIBBEAN = '029'

/** Every count that a starter text may name between double braces. A name that is not here is an error when it is loaded. */
export function countStarterData({ laws, works }: StarterData): Record<string, number> {
  const places = [...new Set(laws.map((law) => law.jurisdiction))]
  const countries = places.filter((place) => !place.includes('-'))
  const inRegion = countries.filter((place) => contains(REGION, place))
  const sure = (confidence: string) => laws.filter((law) => law.confidence === confidence).length
  const by = (kind: string) => works.filter((work) => work.custom.source_kind === kind).length
  const isCaribbean = (place: string) => place === 'Caribbean' || (isPlace(place) && contains(CARIBBEAN, place))
  return {
    law_records: laws.length,
    places: places.length,
    countries_in_region: inRegion.length,
    countries_elsewhere: countries.length - inRegion.length,
    parts: places.length - countries.length,
    questions: new Set(laws.map((law) => law.dimension)).size,
    high: sure('high'),
    medium: sure('medium'),
    unverified: sure('unverified'),
    no_first_day: laws.filter((law) => law.valid_from === null).length,
    undated: laws.filter((law) => law.as_of === null).length,
    works: works.length,
    works_academic: by('academic'),
    works_intergovernmental: by('intergovernmental'),
    works_civil_society: by('civil_society'),
    works_government: by('government'),
    works_sex_worker_led: by('sex_worker_led'),
    works_caribbean: works.filter((work) => work.custom.jurisdictions.some(isCaribbean)).length,
  }
}

/** Writes each `{{name}}` of a text as its count, in the form of the text's language. Throws for a name that nothing counts. */
export function fillCounts(text: string, counts: Record<string, number>, lang: Lang): string {
  const filled = text.replace(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
    const count = Object.hasOwn(counts, name) ? counts[name] : undefined
    if (count === undefined) throw new Error(`{{${name}}} is no count of the starter data`)
    return formatNumber(count, lang)
  })
  const left = /\{\{.{0,30}|.{0,30}\}\}/.exec(filled)
  if (left) throw new Error(`“${left[0]}” is no count of the starter data`)
  return filled
}
