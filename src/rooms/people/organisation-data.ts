import type { Lang } from '#kernel/language/language.ts'
import { nameIn, type Organisation } from '#rooms/people/organisation.ts'

/** An organisation as schema.org says it, for search engines. What it did not say is absent. */
export function organisationData(organisation: Organisation, lang: Lang, address: string): object {
  const { texts, links, places } = organisation
  const shown = nameIn(texts, lang)
  const others = [...new Set(Object.values(texts).flatMap((text) => [text.name, text.shortName]))].filter((name) => name !== null && name !== shown.text)
  return {
    '@context': 'https://schema.org', '@type': 'Organization', '@id': address, name: shown.text,
    alternateName: others.length > 0 ? others : undefined,
    description: texts[shown.lang]?.about || undefined,
    url: links[0], sameAs: links.length > 1 ? links.slice(1) : undefined,
    areaServed: places.length > 0 ? places.map((place) => ({ '@type': 'Place', identifier: place })) : undefined,
  }
}

/** What it says of itself in the reader's language, or in the nearest that it wrote. Undefined where it wrote nothing. */
export function aboutIn(texts: Organisation['texts'], lang: Lang, fallbacks: Lang[]): { text: string; lang: Lang } | undefined {
  const found = [lang, ...fallbacks, ...Object.keys(texts).sort()].find((candidate) => texts[candidate]?.about)
  return found === undefined ? undefined : { text: texts[found]!.about, lang: found }
}
