import type { Lang } from '#kernel/language/language.ts'
import { type Place, placeCodes, placeName } from '#kernel/place/place.ts'

export interface TypedPlaces {
  places: Place[]
  /** Lines that name no place. */
  unknown: string[]
  /** Lines that name several, each with their codes. */
  unclear: { line: string; codes: Place[] }[]
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, '’').trim()
const known = new Map<Lang, Map<string, Place[]>>()

function codesByName(lang: Lang): Map<string, Place[]> {
  let byName = known.get(lang)
  if (!byName) {
    byName = new Map()
    for (const code of placeCodes()) {
      const name = fold(placeName(code, lang).text)
      byName.set(name, [...(byName.get(name) ?? []), code])
    }
    known.set(lang, byName)
  }
  return byName
}

/** Places as somebody types them, one a line: by their names in her language or by their codes, in capitals as those are. */
export function placesTyped(text: string, lang: Lang): TypedPlaces {
  const result: TypedPlaces = { places: [], unknown: [], unclear: [] }
  for (const line of linesOf(text)) {
    const code = /\(([A-Z]{2}(?:-[A-Z0-9]{1,3})?|\d{3})\)$/.exec(line)?.[1] ?? line
    const codes = all.has(code) ? [code] : codesOfName(line, lang)
    if (codes.length === 1) result.places.push(codes[0]!)
    else if (codes.length === 0) result.unknown.push(line)
    else result.unclear.push({ line, codes })
  }
  return { ...result, places: [...new Set(result.places)] }
}

const all = new Set(placeCodes())

/** A country goes before a part of one that has its name, such as Mexico before its state. */
function codesOfName(line: string, lang: Lang): Place[] {
  const codes = codesByName(lang).get(fold(line)) ?? []
  const whole = codes.filter((code) => !code.includes('-'))
  return whole.length === 1 ? whole : codes
}

/** Lines that say something, however they were ended. */
export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '')

/** As they are put into the field; one whose name another place has too carries its code. */
export function placesAsTyped(places: readonly Place[], lang: Lang): string {
  return places.map((code) => {
    const { text } = placeName(code, lang)
    return (codesByName(lang).get(fold(text))?.length ?? 0) > 1 ? `${text} (${code})` : text
  }).join('\n')
}
