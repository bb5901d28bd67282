import type { Lang } from '#kernel/language/language.ts'
import { uiLangOf, UI_LANGS } from '#kernel/language/language.ts'
import { placeCodes, placeName } from '#kernel/place/place.ts'
import type { RegionMention } from '#rooms/media/item.ts'

/** Words that sources print for a place, beside its own names. */
const PRINTED: [RegExp, string][] = [
  [/am[ée]ricas y el caribe|americas and the caribbean|américas e (o )?caribe|amériques et (les )?caraïbes/i, '019'],
  [/latin america|latinoam[ée]rica|am[ée]rica latina|amérique latine|amerik latin/i, '419'],
]

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** The place that words name exactly, in any of the interface's languages. */
function placeNamed(words: string): string | undefined {
  const wanted = folded(words).replace(/^(the|las|los|el|la|les|le|as|os) /, '')
  return placeCodes().find((code) => UI_LANGS.some((lang) => folded(placeName(code, lang).text).replace(/^(the|las|los|el|la|les|le|as|os) /, '') === wanted))
}

/**
 * The place that a page is about: the printed words, unless the issuing body's own name says it more exactly. What was
 * printed stays as it was printed.
 */
export function placeOf(region: string, issuer: string, printedLang: Lang): { mention?: RegionMention; warning?: string } {
  if (region === '') return { warning: 'no region is printed: it is filed under none' }
  const exact = placeNamed(region)
  if (exact) return { mention: placeName(exact, uiLangOf(printedLang)).text === region ? { place: exact } : { place: exact, printed: { text: region, lang: printedLang } } }
  const loosely = PRINTED.find(([words]) => words.test(region))?.[1]
  const issuers = PRINTED.find(([words]) => words.test(issuer))?.[1]
  const place = issuers ?? loosely
  if (!place) return { warning: `no place is known by the printed region “${region}”: it is filed under none` }
  const mention = { place, printed: { text: region, lang: printedLang } }
  if (issuers && loosely && issuers !== loosely) {
    return { mention, warning: `the region is printed as “${region}”, which would be ${loosely}; the issuing body’s name says ${issuers}, and that was taken. The printed words are kept` }
  }
  return { mention, warning: `the printed region “${region}” was read as ${place}` }
}
