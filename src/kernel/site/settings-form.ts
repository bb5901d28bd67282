import type { Lang } from '#kernel/language/language.ts'
import { type MenuPlaces, shownMenu } from '#kernel/site/menu.ts'
import { type KnownToSettings, readSetting, type SettingChange } from '#kernel/site/setting.ts'
import type { Site } from '#kernel/site/site.ts'

/** Settings as they are typed, by the keys of `site set`. */
export type Written = Record<string, string>

/** What the site says, as it would be typed: what a form is drawn from, and what a later form is compared with. */
export function writtenSettings(site: Site, places: MenuPlaces): Written {
  return {
    ...Object.fromEntries(namedLanguages(site).flatMap((lang) => [
      [`name.${lang}`, site.names[lang]?.name ?? ''], [`short_name.${lang}`, site.names[lang]?.shortName ?? ''],
    ])),
    languages: site.languages.join(), default_language: site.defaultLanguage, zone: site.zone, menu: shownMenu(site, places).join(),
    colour: site.colour ?? '', 'contact.email': site.contact.email ?? '', source: site.source ?? '',
  }
}

/** Languages that are switched on, then those that have a name from before. */
export const namedLanguages = (site: Site): Lang[] => [...new Set([...site.languages, ...Object.keys(site.names).sort()])]

export interface ReadSettings {
  changes: { key: string; change: SettingChange }[]
  /** Keys whose value cannot stand. */
  problems: string[]
}

/** Reads what is typed otherwise than it was drawn; what nobody touched is no change, whatever became of it meanwhile. */
export function readSettings(typed: Written, drawn: Written, known: KnownToSettings): ReadSettings {
  const read: ReadSettings = { changes: [], problems: [] }
  for (const [key, value] of Object.entries(typed)) {
    if (value === drawn[key]) continue
    const setting = readSetting(key, value, known)
    if (setting.isGood) read.changes.push({ key, change: setting.change })
    else read.problems.push(key)
  }
  return read
}

/** Keys that were given a place, by their number; those with the same number in the order in which they came. */
export function inOrder(places: readonly { key: string; place: string }[]): string {
  const placed = places.filter(({ place }) => /^[1-9]\d?$/.test(place))
  return placed.toSorted((a, b) => Number(a.place) - Number(b.place)).map(({ key }) => key).join()
}
