import { error } from '@sveltejs/kit'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'

/** A language of the site, or one that the item has a text in. */
export async function languageOf(house: App.Locals['house'], params: { id?: string; lang?: string }): Promise<string> {
  const lang = params.lang!
  const { languages } = await house.site.get()
  if (languages.includes(lang) || (await findRevision(house.db.read, params.id!, lang))) return lang
  error(404)
}
