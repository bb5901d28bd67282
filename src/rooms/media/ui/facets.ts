import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { placeName } from '#kernel/place/place.ts'
import type { Kind } from '#rooms/media/item.ts'
import { type ListWords, NO_DATE, listPath } from '#rooms/media/list-address.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'

export interface Counts {
  kinds: [Kind, number][]
  regions: [string, number][]
  years: [string, number][]
}

/** The values of each facet as links; a value that is on leads to the list without it. Counts are of the whole language. */
export function facetsOf(counts: Counts, lang: Lang, words: Partial<ListWords>) {
  const { page: _page, ...kept } = words
  const toggled = (change: Partial<ListWords>, isOn: boolean) =>
    listPath(lang, { ...kept, ...(isOn ? Object.fromEntries(Object.keys(change).map((k) => [k, ''])) : change) })
  const hasOthers = Object.values(kept).some((word) => word !== '' && word !== undefined)
  const counted = (n: number) => (hasOthers ? {} : { count: n }) // beside another filter the number would not be what is found
  return {
    kinds: counts.kinds.map(([kind, n]) => ({ text: kindName(kind, lang), ...counted(n), isOn: words.kind === kind, href: toggled({ kind }, words.kind === kind) })),
    regions: counts.regions.map(([region, n]) => {
      const name = placeName(region, lang)
      const isOn = words.region === region
      return { text: name.text, textLang: name.lang === lang ? undefined : name.lang, ...counted(n), isOn, href: toggled({ region }, isOn) }
    }),
    years: counts.years.map(([year, n]) => {
      if (year === '') {
        const isOn = words.from === NO_DATE
        return { text: m.date_not_stated({}, { locale: lang as 'en' }), ...counted(n), isOn, href: toggled({ from: NO_DATE, to: '' }, isOn) }
      }
      const isOn = words.from === year && words.to === year
      return { text: year, ...counted(n), isOn, href: toggled({ from: year, to: year }, isOn) }
    }),
  }
}

/** The filters in use, each with the address of the list without it. */
export function chipsOf(words: ListWords, lang: Lang): { text: string; textLang: Lang | undefined; href: string }[] {
  const spoken = { locale: lang as 'en' }
  const without = (...names: (keyof ListWords)[]) => listPath(lang, { ...words, page: '', ...Object.fromEntries(names.map((n) => [n, ''])) })
  const chips: { text: string; textLang: Lang | undefined; href: string }[] = []
  if (words.kind) chips.push({ text: `${m.list_kind({}, spoken)}: ${kindName(words.kind as Kind, lang)}`, textLang: undefined, href: without('kind') })
  if (words.region) {
    const name = placeName(words.region, lang)
    chips.push({ text: name.text, textLang: name.lang === lang ? undefined : name.lang, href: without('region') })
  }
  if (words.from === NO_DATE) chips.push({ text: m.date_not_stated({}, spoken), textLang: undefined, href: without('from') })
  else if (words.from) chips.push({ text: `${m.list_from({}, spoken)}: ${words.from}`, textLang: undefined, href: without('from') })
  if (words.to) chips.push({ text: `${m.list_to({}, spoken)}: ${words.to}`, textLang: undefined, href: without('to') })
  return chips
}
