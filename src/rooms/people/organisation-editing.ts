import type { Lang } from '#kernel/language/language.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { OrganisationWords } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'

/** What somebody may change of an organisation: all of it, its texts in some languages, or (null) nothing. */
export type EditingReach = 'all' | Lang[] | null

/**
 * Stewards, and the editors and delegates of that very organisation. An editor of one language changes the text of that
 * language and nothing else. Null answers as an organisation that is not there.
 */
export function editingReach(viewer: Pick<Person, 'duties'>, organisationId: string): EditingReach {
  const hers = viewer.duties.filter((one) => one.organisationId === organisationId && (one.duty === 'editor' || one.duty === 'delegate'))
  if (isSteward(viewer) || hers.some(({ lang }) => lang === null)) return 'all'
  const langs = hers.flatMap(({ lang }) => lang ?? [])
  return langs.length > 0 ? langs : null
}

/** Whoever has any duty sees who belongs; readers see those that agreed. */
export const mayListOrganisations = (viewer: Pick<Person, 'duties'>): boolean => viewer.duties.length > 0

/** What is to be kept: all that she wrote, or what stands with the texts of her languages in their place. */
export function wordsWithin(reach: Exclude<EditingReach, null>, written: OrganisationWords, standing: OrganisationWords): OrganisationWords {
  if (reach === 'all') return written
  const texts = { ...standing.texts }
  for (const lang of reach) {
    const text = written.texts[lang]
    if (text) texts[lang] = text
  }
  return { ...standing, texts }
}

/** The words as they stand, in one order: what a form was drawn from is compared with what stands when it comes back. */
export function canonicalWords({ texts, places, fields, links }: OrganisationWords): string {
  const sorted = Object.keys(texts).sort().map((lang) => [lang, texts[lang]!.name, texts[lang]!.shortName ?? '', texts[lang]!.about])
  return JSON.stringify([sorted, places.toSorted(), fields.toSorted(), links])
}
