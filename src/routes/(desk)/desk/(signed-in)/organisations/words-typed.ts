import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { type Field, FIELDS, type OrganisationWords } from '#rooms/people/organisation.ts'
import { linesOf, placesAsTyped, placesTyped } from '#rooms/people/places-typed.ts'
import { typed } from '../../../typed.ts'

/** What stands in the fields of an organisation's form, as it was typed. */
export interface TypedWords {
  texts: { lang: Lang; name: string; shortName: string; about: string }[]
  places: string
  fields: string[]
  links: string
}

/** The form as it is first drawn: each language of the site, and each that it has beside these. */
export function drawnFrom(words: OrganisationWords, langs: readonly Lang[], lang: Lang): TypedWords {
  const all = [...new Set([...langs, ...Object.keys(words.texts).sort()])]
  const texts = all.map((tongue) => {
    const { name, shortName, about } = words.texts[tongue] ?? { name: '', shortName: null, about: '' }
    return { lang: tongue, name, shortName: shortName ?? '', about }
  })
  return { texts, places: placesAsTyped(words.places, lang), fields: [...words.fields], links: words.links.join('\n') }
}

export const typedWords = (form: FormData, langs: readonly Lang[]): TypedWords => ({
  texts: langs.map((tongue) => ({ lang: tongue, name: typed(form, `name-${tongue}`, 300), shortName: typed(form, `short-${tongue}`, 100), about: typed(form, `about-${tongue}`, 4000).replaceAll('\r\n', '\n') })),
  places: typed(form, 'places', 6000), fields: form.getAll('field').filter((one) => typeof one === 'string'), links: typed(form, 'links', 6000),
})

/** @returns a sentence in her language where a line of places cannot be read */
export function wordsOf({ texts, places: lines, fields, links }: TypedWords, lang: Lang): OrganisationWords | { placeProblem: string } {
  const { places, unknown: [lost], unclear: [unclear] } = placesTyped(lines, lang)
  const spoken = { locale: lang as 'en' }
  if (lost !== undefined) return { placeProblem: m.og_err_place({ name: lost }, spoken) }
  if (unclear) return { placeProblem: m.og_err_places({ name: unclear.line, codes: unclear.codes.join(', ') }, spoken) }
  const written = texts.filter((text) => text.name.trim() !== '' || text.shortName.trim() !== '' || text.about.trim() !== '')
  return {
    texts: Object.fromEntries(written.map(({ lang: tongue, name, shortName, about }) => [tongue, { name: name.trim(), shortName: shortName.trim() || null, about: about.trim() }])),
    places, fields: FIELDS.filter((field): field is Field => fields.includes(field)), links: linesOf(links),
  }
}
