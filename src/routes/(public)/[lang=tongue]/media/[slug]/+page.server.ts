import type { PageServerLoad } from './$types.js'
import { error, redirect } from '@sveltejs/kit'
import { itemPath } from '#rooms/media/list-address.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { stoneOf } from '#rooms/media/stone.ts'
import { askedLanguage } from '../../../../asked-language.ts'
import { signerPages } from '../../../../signer-pages.ts'

export const load = (async ({ locals, params }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading } = locals
  const found = await findPublishedItem(reading.db, lang, params.slug, reading.now)
  // Draft, embargoed, never there: one answer, byte for byte.
  if (!found) error(404, 'Not Found')
  const { answer } = found
  reading.tag(`item:${found.itemId}`, ...found.besideIds.map((id) => `item:${id}`))
  reading.freshBefore(found.changesAt)
  if (answer.found === 'moved') redirect(308, itemPath(lang, answer.slug))
  if (answer.found === 'gone') error(410, { message: 'Gone', stone: stoneOf(answer.tombstone, lang, site.zone) })
  if (answer.found === 'elsewhere') error(404, { message: 'Not Found', elsewhere: answer.languages })
  return { item: answer.item, signerPages: await signerPages(reading, answer.item) }
}) satisfies PageServerLoad
