import type { PageServerLoad } from './$types.js'
import { error, redirect } from '@sveltejs/kit'
import type { Reading } from '#kernel/page-cache/reading.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { stoneOf } from '#rooms/media/stone.ts'
import { listShownAddresses } from '#rooms/people/server/organisation-queries.ts'
import { askedLanguage } from '../../../../asked-language.ts'

/** Where those who signed have a page: one that has not agreed to be shown is named under the text and leads nowhere. */
async function signerPages(reading: Reading, { signers }: ItemPage): Promise<Record<string, string>> {
  if (!signers.some(({ organisationId }) => organisationId !== null)) return {}
  reading.tag('list:organisations')
  return Object.fromEntries((await listShownAddresses(reading.db)).map(({ id, slug }) => [id, slug]))
}

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
