import type { PageServerLoad } from './$types.js'
import { countFacets } from '#rooms/media/server/facet-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { askedLanguage } from '../../asked-language.ts'

export const trailingSlash = 'always'
const LATEST = 4

/** The front page: the newest statement leads, then the latest, then the ways to find. */
export const load = (async ({ locals, params }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  reading.tag(`list:media:${lang}`)
  const [latest, statements, facets] = await house.db.snapshot((db) => Promise.all([
    listPublishedItems(db, { lang }, 1, reading.now),
    listPublishedItems(db, { lang, kind: 'statement' }, 1, reading.now),
    countFacets(db, { lang }, reading.now),
  ]))
  reading.freshBefore(facets.changesAt)
  // A statement of the alliance itself leads before a text of the starter library.
  const lead = statements.items.find((item) => !item.isStarter) ?? statements.items[0] ?? latest.items[0]
  const hasStarter = latest.items.some((item) => item.isStarter)
  for (const { id } of latest.items) reading.tag(`item:${id}`)
  return { lead, latest: latest.items.filter((item) => item.id !== lead?.id).slice(0, LATEST), facets, hasStarter, isOpen: site.openedAt !== null }
}) satisfies PageServerLoad
