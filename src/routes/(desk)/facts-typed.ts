import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { collator, listOf } from '#kernel/language/numbers.ts'
import { isDateOf, parseWhen, writeWhen } from '#kernel/when/when.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import type { Facts } from '#rooms/media/server/writing-actions.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { placesAsTyped, placesTyped } from '#rooms/people/places-typed.ts'
import { typed } from './typed.ts'

/** What the form of facts holds, as it was typed. */
export interface FactsTyped { when: string; dateOf: string; places: string; topics: string[] }

/** Facts as a form shows them, with the topics that can be chosen. */
export async function drawFacts(db: ReadDb, { when, dateOf, regions, topics }: Facts, spoken: Lang) {
  const standing = (await listTopics(db)).filter(({ key, mergedInto }) => mergedInto === null || topics.includes(key))
  return {
    typed: { when, dateOf: dateOf ?? '', places: placesAsTyped(regions.map(({ place }) => place), spoken), topics } satisfies FactsTyped,
    topics: standing.map((topic) => ({ value: topic.key, text: topicNamed(topic, spoken).name })).toSorted((a, b) => collator(spoken).compare(a.text, b.text)),
  }
}

type Read = { typed: FactsTyped; facts: Facts } | { typed: FactsTyped; problems: { when?: true; places?: string } }

/** @param drawn the facts that the form was drawn with: a place keeps the words that its source printed */
export async function readFacts(db: ReadDb, form: FormData, spoken: Lang, drawn: string): Promise<Read> {
  const chosen = form.getAll('topic').filter((value): value is string => typeof value === 'string')
  const said: FactsTyped = { when: typed(form, 'when', 100).trim(), dateOf: typed(form, 'dateOf', 20), places: typed(form, 'places', 5000), topics: chosen.slice(0, 100) }
  const when = parseWhen(said.when)
  const { places, unknown, unclear } = placesTyped(said.places, spoken)
  const unread = [...unknown, ...unclear.map(({ line, codes }) => `${line} (${codes.join(', ')})`)]
  if (!when || unread.length > 0) return { typed: said, problems: { ...(!when && { when: true }), ...(unread.length > 0 && { places: listOf(unread, spoken) }) } }
  const known = new Set((await listTopics(db)).map(({ key }) => key))
  const before = regionsOf(drawn)
  return { typed: said, facts: {
    when: writeWhen(when), dateOf: said.when !== '' && isDateOf(said.dateOf) ? said.dateOf : null,
    regions: places.map((place) => before.find((one) => one.place === place) ?? { place }), topics: said.topics.filter((key) => known.has(key)),
  } }
}

/** Who changes the field of a form that is not shown to her changes only what she would write herself. */
function regionsOf(drawn: string): Facts['regions'] {
  try {
    const { regions } = JSON.parse(drawn) as Facts
    return regions.filter(({ place, printed }) => typeof place === 'string' && (printed === undefined || (typeof printed.text === 'string' && typeof printed.lang === 'string')))
  } catch {
    return []
  }
}
