import { type Lang, ownName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { placeName } from '#kernel/place/place.ts'
import type { Facets, FilterName } from '#rooms/media/facet-counts.ts'
import type { Kind, TopicMention } from '#rooms/media/item.ts'
import { ALL_LANGUAGES, type ListWords, NO_DATE, listPath } from '#rooms/media/list-address.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'

export interface FacetValue {
  text: string
  textLang?: Lang | undefined
  count: number
  /** None where nothing would be found. */
  href?: string | undefined
  isOn: boolean
}

/** The values of each facet as links, with how many texts each leads to; a value that is on leads to the list without it. */
export function facetsOf(counts: Facets, lang: Lang, words: Partial<ListWords>, topics: TopicMention[]) {
  const value = (named: { text: string; lang?: Lang | undefined }, count: number, change: Partial<ListWords>, isOn: boolean): FacetValue => {
    const others = { ...words, page: '' }
    const href = listPath(lang, { ...others, ...(isOn ? Object.fromEntries(Object.keys(change).map((name) => [name, ''])) : change) })
    return { text: named.text, textLang: named.lang === lang ? undefined : named.lang, count, isOn, href: count > 0 || isOn ? href : undefined }
  }
  const topicOf = (key: string) => topics.find((topic) => topic.key === key)
  const asked = words.lang || lang
  return {
    kinds: withChosen(counts.kinds, words.kind as Kind).map(([kind, n]) => value({ text: kindName(kind, lang) }, n, { kind }, words.kind === kind)),
    regions: withChosen(counts.regions, words.region).map(([region, n]) => value(placeName(region, lang), n, { region }, words.region === region)),
    topics: withChosen(counts.topics, words.topic).map(([topic, n]) =>
      value({ text: topicOf(topic)?.name ?? topic, lang: topicOf(topic)?.lang }, n, { topic }, words.topic === topic)),
    years: counts.years.map(([year, n]) => year === ''
      ? value({ text: m.date_not_stated({}, { locale: lang as 'en' }) }, n, { from: NO_DATE, to: '' }, words.from === NO_DATE)
      : value({ text: year }, n, { from: year, to: year }, words.from === year && words.to === year)),
    langs: counts.langs.map(([one, n]) => ({
      ...value({ text: ownName(one), lang: one }, n, { lang: one }, false), isOn: asked === one,
    })),
  }
}

/** What is on is offered too when nothing has it, so that it can be taken off. */
const withChosen = <T extends string>(values: [T, number][], chosen: T | undefined): [T, number][] =>
  !chosen || values.some(([value]) => value === chosen) ? values : [[chosen, 0], ...values]

export interface Chip {
  name: FilterName
  text: string
  textLang: Lang | undefined
  href: string
}

/** The filters in use, each with the address of the list without it. */
export function chipsOf(words: ListWords, lang: Lang, topics: TopicMention[] = []): Chip[] {
  const spoken = { locale: lang as 'en' }
  const chips: Chip[] = []
  const add = (name: FilterName, of: (keyof ListWords)[], text: string, textLang?: Lang) => {
    const href = listPath(lang, { ...words, page: '', ...Object.fromEntries(of.map((one) => [one, ''])), ...(name === 'q' && words.sort === 'relevance' && { sort: '' }) })
    chips.push({ name, text, textLang: textLang === lang ? undefined : textLang, href })
  }
  if (words.q) add('q', ['q'], `${m.list_search_button({}, spoken)}: ${words.q}`)
  if (words.kind) add('kind', ['kind'], `${m.list_kind({}, spoken)}: ${kindName(words.kind as Kind, lang)}`)
  if (words.region) {
    const name = placeName(words.region, lang)
    add('region', ['region'], name.text, name.lang)
  }
  if (words.topic) {
    const topic = topics.find(({ key }) => key === words.topic)
    add('topic', ['topic'], topic?.name ?? words.topic, topic?.lang)
  }
  if (words.lang === ALL_LANGUAGES) add('lang', ['lang'], m.list_in_all_languages({}, spoken))
  else if (words.lang && words.lang !== lang) add('lang', ['lang'], ownName(words.lang), words.lang)
  if (words.from === NO_DATE) add('when', ['from'], m.date_not_stated({}, spoken))
  else if (words.from) add('when', ['from'], `${m.list_from({}, spoken)}: ${words.from}`)
  if (words.to) add('when', ['to'], `${m.list_to({}, spoken)}: ${words.to}`)
  return chips
}
