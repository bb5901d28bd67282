import type { Lang } from '#kernel/language/language.ts'
import { UI_LANGS, uiLangOf } from '#kernel/language/language.ts'
import { placeCodes, placeName } from '#kernel/place/place.ts'
import type { RegionMention } from '#rooms/media/item.ts'

/** Words that sources print for a place, beside its own names. */
const PRINTED: [RegExp, string][] = [
  [/am[ée]ricas y el caribe|americas and the caribbean|américas e (o )?caribe|amériques et (les )?caraïbes/i, '019'],
  [/latin america|latinoam[ée]rica|am[ée]rica latina|amérique latine|amerik latin/i, '419'],
]

const folded = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
    .replace(/^(the|las|los|el|la|les|le|as|os|l) /, '')

let known: Map<string, string> | undefined

/** The place that words name exactly, in any of the interface's languages. The wider place has the name first. */
function placeNamed(words: string): string | undefined {
  if (!known) {
    known = new Map()
    for (const code of placeCodes().toSorted((a, b) => a.length - b.length)) {
      for (const lang of UI_LANGS) {
        const name = folded(placeName(code, lang).text)
        if (!known.has(name)) known.set(name, code)
      }
    }
  }
  return known.get(folded(words))
}

/**
 * The place that a page is about: the printed words, unless the issuing body's own name says it more exactly. What was
 * printed stays as it was printed.
 */
export function placeOf(region: string, issuer: string, printedLang: Lang): { mention?: RegionMention; warning?: string } {
  if (region === '') return { warning: 'no region is printed: it is filed under none' }
  const exact = placeNamed(region)
  if (exact) {
    const isItsName = placeName(exact, uiLangOf(printedLang)).text === region
    return { mention: isItsName ? { place: exact } : { place: exact, printed: { text: region, lang: printedLang } } }
  }
  const loosely = PRINTED.find(([words]) => words.test(region))?.[1]
  const issuers = PRINTED.find(([words]) => words.test(issuer))?.[1]
  const place = issuers ?? loosely
  if (!place) return { warning: `no place is known by the printed region “${region}”: it is filed under none` }
  const mention = { place, printed: { text: region, lang: printedLang } }
  const warning = issuers && loosely && issuers !== loosely
    ? `the region is printed as “${region}”, which would be ${loosely}; the issuing body’s name says ${issuers}, ` +
      'and that was taken. The printed words are kept'
    : `the printed region “${region}” was read as ${place}`
  return { mention, warning }
}
