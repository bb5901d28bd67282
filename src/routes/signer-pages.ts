import type { Reading } from '#kernel/page-cache/reading.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { listShownAddresses } from '#rooms/people/server/organisation-queries.ts'

/** Where those who signed have a page: one that has not agreed to be shown is named under the text and leads nowhere. */
export async function signerPages(reading: Reading, { signers }: ItemPage): Promise<Record<string, string>> {
  if (!signers.some(({ organisationId }) => organisationId !== null)) return {}
  reading.tag('list:organisations')
  return Object.fromEntries((await listShownAddresses(reading.db)).map(({ id, slug }) => [id, slug]))
}
