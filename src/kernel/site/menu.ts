import type { Site } from '#kernel/site/site.ts'

/** Where a menu can lead, by key. The pages are the rooms' and the routes', so they hand the keys in: the kernel knows none. */
export interface MenuPlaces {
  all: readonly string[]
  /** The menu of a site whose stewards have not chosen one. */
  first: readonly string[]
}

/** Keys of what the menu shows, in order. What another version of the program has and this one lacks is left out: no promise. */
export function shownMenu({ menu }: Pick<Site, 'menu'>, { all, first }: MenuPlaces): readonly string[] {
  const known = menu.filter((key) => all.includes(key))
  return known.length > 0 ? known : first
}

/** Reads a menu as it is typed: keys with commas, in order. A text without any is none: the menu as it comes. */
export function readMenu(text: string, { all, first }: MenuPlaces): { isGood: true; keys: string[] } | { isGood: false; reason: string } {
  const keys = text.toLowerCase().split(/[\s,]+/).filter((key) => key !== '')
  const bad = (why: string) => ({ isGood: false as const, reason: `${why} The menu can lead to ${all.join(', ')}. Write them in order: ${first.join(',')}.` })
  const wrong = keys.find((key) => !all.includes(key))
  if (wrong !== undefined) return bad(`“${wrong}” is nothing that this program has.`)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice !== undefined) return bad(`“${twice}” stands there twice.`)
  if (keys.length === 0 && text !== '') return bad('No page is named.')
  return { isGood: true, keys }
}
