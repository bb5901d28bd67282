import { namedId } from '#kernel/id/named-id.ts'
import type { Lang } from '#kernel/language/language.ts'

// Readers' programs know a text by these. Another rule would show everybody every text again as new, and an id with the
// domain in it would do so at the next move. So they are made of what never changes, and this file does not change either.

/** An entry is one language of an item: each language is a text of its own. */
export const entryId = (itemId: string, lang: Lang): string => `urn:uuid:${namedId(itemId, lang)}`

/** A feed is a language of a site; filtered, it is another feed, however its filters are ordered. */
export function feedId(site: { identity: string }, lang: Lang, filters: Record<string, string | undefined>): string {
  const said = Object.entries(filters).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : [])).sort()
  return `urn:uuid:${namedId(site.identity, said.length > 0 ? `${lang}?${said.join('&')}` : lang)}`
}
