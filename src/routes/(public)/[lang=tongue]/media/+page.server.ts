import type { PageServerLoad } from './$types.js'
import { error, redirect } from '@sveltejs/kit'
import { askedList, listPath } from '#rooms/media/list-address.ts'
import { unlessGivenUp } from '#rooms/media/server/given-up.ts'
import { findList } from '#rooms/media/server/search-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { askedLanguage } from '../../../asked-language.ts'

export const load = (async ({ locals, params, url, setHeaders }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  // Every list counts the texts of each language, and names topics.
  for (const one of site.languages) reading.tag(`list:media:${one}`)
  const topics = await listTopics(reading.db)
  const { words, filter, q, page, problems } = askedList(url.searchParams, { ...site, topics })
  if (problems.length > 0) error(400, { message: 'Bad filter', badList: { words, problems } })
  const merged = topics.find(({ key }) => key === filter.topic)?.mergedInto
  if (merged) redirect(308, listPath(lang, { ...words, topic: merged }))
  const found = await unlessGivenUp(q, house.db.snapshot((db) => findList(db, { lang, ...filter }, q, page, reading.now, site.languages)))
  if (!found) {
    setHeaders({ 'retry-after': '3' })
    error(503, { message: 'Slow search', badList: { words, problems: [{ name: 'q', value: words.q, problem: 'slow' }] } })
  }
  const { list, facets } = found
  reading.freshBefore(found.changesAt)
  if (page > list.pages) error(404, { message: 'Not Found', badList: { words, problems: [{ name: 'page', value: words.page, problem: 'beyond', pages: list.pages }] } })
  for (const { id } of list.items) reading.tag(`item:${id}`)
  return { list, facets, words, page, topics: topics.filter((topic) => !topic.mergedInto).map((topic) => topicNamed(topic, lang)) }
}) satisfies PageServerLoad
