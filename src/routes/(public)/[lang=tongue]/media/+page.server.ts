import type { PageServerLoad } from './$types.js'
import { error } from '@sveltejs/kit'
import { askedList } from '#rooms/media/list-address.ts'
import { countFacets, listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

export const load = (async ({ locals, params, url }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  const { words, filter, page, problems } = askedList(url.searchParams, site.zone)
  if (problems.length > 0) error(400, { message: 'Bad filter', badList: { words, problems } })
  reading.tag(`list:media:${lang}`)
  const [list, facets] = await house.db.snapshot((db) => Promise.all([
    listPublishedItems(db, { lang, ...filter }, page, reading.now),
    countFacets(db, lang, reading.now),
  ]))
  reading.freshBefore(list.changesAt)
  if (page > list.pages) error(404, { message: 'Not Found', badList: { words, problems: [{ name: 'page', value: words.page, problem: 'beyond', pages: list.pages }] } })
  for (const { id } of list.items) reading.tag(`item:${id}`)
  return { list, facets, words, page }
}) satisfies PageServerLoad
