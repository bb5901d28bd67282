import { direction, type Lang, languageName, ownName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { placeName } from '#kernel/place/place.ts'
import type { PrintJob } from '#kernel/print/job.ts'
import { type Site, siteName } from '#kernel/site/site.ts'
import { barePhrase, formatInstantDay, monthsOf } from '#kernel/when/phrase.ts'
import { NOT_STATED, parseWhen } from '#kernel/when/when.ts'
import { type ItemPage, type Source, speakersOf } from '#rooms/media/item.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'

export const PAPERS = ['a4', 'letter'] as const
export type Paper = (typeof PAPERS)[number]
export const isPaper = (text: string): text is Paper => (PAPERS as readonly string[]).includes(text)

/** From this many headings on, a printed text gets a table of contents. */
const CONTENTS_FROM = 6

/** A text as the press prints it: the same words that its page shows. @param mark stands before them where the paper is not the public one */
export function paperJob(item: ItemPage, paper: Paper, site: Site, address: string, mark?: string): PrintJob {
  return {
    template: 'paper', output: 'pdf', data: paperData(item, paper, site, address, mark), words: { html: item.bodyHtml, notes: item.notesHtml, address, shown: item.sources.flatMap(({ url }) => url ?? []) },
    madeAt: Math.floor(item.updatedAt.epochMilliseconds / 1000),
  }
}

/** The words around a text on paper, for whichever program sets them. */
export function paperData(item: ItemPage, paper: Paper, site: Site, address: string, mark?: string) {
  const { lang } = item
  const spoken = { locale: lang as 'en' }
  const { name } = siteName(site, lang)
  const licence = m.item_licence({ licence: item.licence }, spoken)
  const day = item.updatedAt.toZonedDateTimeISO(site.zone).toPlainDate()
  return {
    ...tongueOf(lang), paper: paper === 'a4' ? 'a4' : 'us-letter', title: item.title, teaser: item.teaser, kind: kindName(item.kind, lang),
    org: item.isStarter ? m.starter_library({}, spoken) : name, room: m.nav_media({}, spoken),
    authors: speakersOf(item),
    keywords: [kindName(item.kind, lang)], date: [day.year, day.month, day.day],
    when: { ...whenOf(item), label: m.item_when({}, spoken) }, facts: factsOf(item), notices: [...(mark ? [mark] : []), ...noticesOf(item, site.zone)],
    toc: item.contents.length >= CONTENTS_FROM, signed: signedOf(item), ends: endsOf(item), address,
    foot: [licence, m.item_updated({ date: formatInstantDay(item.updatedAt, lang, site.zone) }, spoken)],
    words: { links: m.item_links({}, spoken), readAt: m.item_read_at({}, spoken) },
  }
}

/** Typst takes a language and a country apart. */
export function tongueOf(lang: Lang): { lang: string; region?: string; rtl: boolean } {
  const [primary = lang, ...rest] = lang.split('-')
  const region = rest.find((part) => /^[a-z]{2}$/.test(part))?.toUpperCase()
  return { lang: primary, rtl: direction(lang) === 'rtl', ...(region && { region }) }
}

/** Words and the months that the canopy of months fills. */
export function whenOf({ when: stored, dateOf, lang }: Pick<ItemPage, 'when' | 'dateOf' | 'lang'>) {
  const when = parseWhen(stored) ?? NOT_STATED
  const spoken = { locale: lang as 'en' }
  const of = { happened: m.date_of_happened, adopted: m.date_of_adopted, published: m.date_of_published, in_force: m.date_of_in_force }
  const words = barePhrase(when, lang)
  return { words: dateOf && stored ? `${words} (${of[dateOf]({}, spoken)})` : words, bare: words, months: monthsOf(when) }
}

export const regionNames = ({ regions, lang }: Pick<ItemPage, 'regions' | 'lang'>): string[] =>
  regions.map(({ place, printed }) => (printed?.lang === lang ? printed.text : placeName(place, lang).text))

function factsOf(item: ItemPage): [string, string[]][] {
  const spoken = { locale: item.lang as 'en' }
  const facts: [string, string[]][] = []
  if (item.regions.length > 0) facts.push([m.item_region({}, spoken), regionNames(item)])
  const others = item.languages.filter((one) => one.lang !== item.lang)
  if (others.length > 0) facts.push([m.item_read_in({}, spoken), others.map((one) => ownName(one.lang))])
  return facts
}

/** What somebody who holds the paper alone must know first. */
function noticesOf(item: ItemPage, zone: string): string[] {
  const { lang } = item
  const spoken = { locale: lang as 'en' }
  return [
    ...item.corrections.map(({ at, note }) => m.item_corrected({ date: formatInstantDay(at, lang, zone), note }, spoken)),
    ...(item.isStarter ? [`${m.starter_mark({}, spoken)}. ${m.starter_note({}, spoken)}`] : []),
    ...(item.whenNotStatedBySource ? [m.item_no_date_source({}, spoken)] : []),
    ...(item.byMachine ? [m.prv_machine({}, spoken)] : []),
    ...(lang === item.originalLang ? [] : [m.lang_translated_from({ language: languageName(item.originalLang, lang) }, spoken)]),
  ]
}

function signedOf({ signers, issuedBy, lang }: ItemPage): { label: string; names: string[] } {
  const spoken = { locale: lang as 'en' }
  if (signers.length > 0) return { label: m.item_signed_by({}, spoken), names: signers.map(({ name }) => name) }
  return { label: issuedBy ? m.item_issued_by({ name: issuedBy }, spoken) : m.item_no_signers({}, spoken), names: [] }
}

function endsOf({ doubt, sources, lang }: ItemPage): { title: string; lines: string[] }[] {
  const spoken = { locale: lang as 'en' }
  return [
    ...(doubt ? [{ title: m.item_doubt({}, spoken), lines: [doubt] }] : []),
    ...(sources.length > 0 ? [{ title: m.item_sources({}, spoken), lines: sources.map(sourceLine) }] : []),
  ]
}

function sourceLine({ publisher, title, year, url }: Source): string {
  return `${publisher ? `${publisher}. ` : ''}${title}${year ? `, ${year}` : ''}.${url ? ` ${url}` : ''}`
}
