import type { Lang } from '#kernel/language/language.ts'

/** What stands before sign-in: pages for whoever this house does not know yet. */
const isDoor = (route: string | null) => route?.startsWith('/(desk)/desk/(open)/') ?? false

/**
 * The language that somebody chose at the door. It stands in the address and nowhere else: before sign-in no cookie is
 * set, so the choice ends when she leaves the page. Undefined when she chose none that the site speaks.
 */
export function chosenAtDoor(route: string | null, asked: URLSearchParams, languages: readonly Lang[]): Lang | undefined {
  const chosen = isDoor(route) ? asked.get('lang') : null
  return languages.find((lang) => lang === chosen)
}

/** The same page in another language. Where she wanted to go after sign-in is kept; as a query alone it tells no path. */
export function doorIn(lang: Lang, asked: URLSearchParams): string {
  const next = asked.get('next')
  return `?${new URLSearchParams({ ...(next !== null && { next }), lang })}`
}
