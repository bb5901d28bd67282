import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { siteName, type Site } from '#kernel/site/site.ts'
import { PLAIN_PAGE_TYPE, plainPage } from '#kernel/web/plain-page.ts'
import { type FeedDocument, type FeedPage, newsOf } from '#rooms/media/feed.ts'
import { feedId } from '#rooms/media/feed-id.ts'
import type { ItemFilter, TopicMention } from '#rooms/media/item.ts'
import { type AskedList, askedList, listPath } from '#rooms/media/list-address.ts'
import { unlessGivenUp } from '#rooms/media/server/given-up.ts'
import { readyToAsk } from '#rooms/media/server/search-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { chipsOf } from '#rooms/media/ui/facets.ts'
import { askedLanguage } from './asked-language.ts'

interface FeedAsker {
  event: RequestEvent & { params: { lang: string } }
  /** The last part of its address: `/feed.atom`. */
  below: string
  type: string
  /** What it tells, as of one moment. */
  ask(db: ReadDb, filter: ItemFilter, page: number): Promise<FeedPage>
  write(feed: FeedDocument): string
}

/** One feed of the list, with the list's own filters, in any format. */
export async function answerFeed({ event: { locals, params, url }, below, type, ask, write }: FeedAsker): Promise<Response> {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  const topics = await listTopics(reading.db)
  const asked = askedList(url.searchParams, { ...site, topics })
  if (asked.problems.length > 0) return badFeed(asked, lang)
  const merged = topics.find(({ key }) => key === asked.filter.topic)?.mergedInto
  if (merged) redirect(308, listPath(lang, { ...asked.words, topic: merged }, below))
  const filter: ItemFilter = { lang, ...asked.filter }
  for (const one of filter.langs ?? [filter.lang]) reading.tag(`list:media:${one}`)
  const feed = await unlessGivenUp(asked.q, house.db.snapshot(async (db) => ask(db, await readyToAsk(db, filter, asked.q, site.languages), asked.page)))
  if (!feed) return plain(503, lang, m.err_503_title({}, { locale: lang as 'en' }), m.list_search_slow({}, { locale: lang as 'en' }), { 'retry-after': '3' })
  reading.freshBefore(feed.changesAt)
  for (const one of feed.told) reading.tag(`item:${one.id}`, ...('reason' in one && one.replacedBy ? [`item:${one.replacedBy.id}`] : []))
  if (feed.told.length === 0 && asked.page > 1) return plain(404, lang, m.err_404_title({}, { locale: lang as 'en' }), m.err_404_body({}, { locale: lang as 'en' }))
  const origin = house.settings.origins[0] ?? url.origin
  const written = write(documentOf({ asked, feed, site, lang, origin, below, topics: topics.map((topic) => topicNamed(topic, lang)) }))
  return new Response(written, { headers: { 'content-type': `${type}; charset=utf-8`, ...(!site.openedAt && { 'x-robots-tag': 'noindex' }) } })
}

interface Parts { asked: AskedList; feed: FeedPage; site: Site; lang: Lang; origin: string; below: string; topics: TopicMention[] }

function documentOf({ asked: { words, page }, feed, site, lang, origin, below, topics }: Parts): FeedDocument {
  const { name, shortName } = siteName(site, lang)
  const pageAt = (n: number) => origin + listPath(lang, { ...words, page: String(n) }, below)
  const about = [m.list_title({}, { locale: lang as 'en' }), ...chipsOf(words, lang, topics).map(({ text }) => text)].join(', ')
  const moments = feed.told.map((one) => ('reason' in one ? one.at : one.updatedAt))
  return {
    id: feedId(site, lang, { ...words, page: '' }), title: `${about} – ${shortName}`, author: name, lang,
    updated: moments[0] ?? site.openedAt ?? Temporal.Instant.fromEpochMilliseconds(0),
    home: origin + listPath(lang, { ...words, page: '' }), self: pageAt(page), first: pageAt(1),
    previous: page > 1 ? pageAt(page - 1) : undefined, next: feed.hasNext ? pageAt(page + 1) : undefined,
    news: feed.told.map((one) => newsOf(one, { origin, lang, zone: site.zone })),
  }
}

/** A feed has no page that could keep what was typed: the sentence names what cannot be read. */
function badFeed({ problems }: AskedList, lang: Lang): Response {
  const spoken = { locale: lang as 'en' }
  const text = problems.map(({ name, value }) => m.list_bad_value({ name, value: value.slice(0, 80) }, spoken)).join(' ')
  return plain(400, lang, m.err_400_title({}, spoken), text)
}

const plain = (status: number, lang: Lang, title: string, text: string, headers: Record<string, string> = {}) =>
  new Response(plainPage(lang, title, text), { status, headers: { 'content-type': PLAIN_PAGE_TYPE, ...headers } })
