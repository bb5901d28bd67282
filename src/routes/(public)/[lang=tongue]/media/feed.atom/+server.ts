import type { RequestHandler } from './$types.js'
import { generateAtomFeed } from 'feedsmith'
import { error } from '@sveltejs/kit'
import { m } from '#kernel/language/m.ts'
import { siteName } from '#kernel/site/site.ts'
import { entryId, feedId } from '#rooms/media/feed-id.ts'
import { askedList, itemPath, listPath } from '#rooms/media/list-address.ts'
import { listForFeed } from '#rooms/media/server/list-queries.ts'
import { askedLanguage } from '../../../../asked-language.ts'

/** The numbers beside paragraphs are ways to point at a page; in a feed they would be read as words. */
const withoutNumbers = (html: string) => html.replace(/ <a class="pn"[^>]*>\d+<\/a>/g, '')

/** The list as a feed, whole texts, same filters. Its ids outlive addresses and the domain. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  const { words, filter, problems } = askedList(url.searchParams, site)
  if (problems.length > 0) error(400, 'Bad filter')
  reading.tag(`list:media:${lang}`)
  const { entries, changesAt } = await listForFeed(reading.db, { lang, ...filter }, reading.now)
  reading.freshBefore(changesAt)
  for (const { id } of entries) reading.tag(`item:${id}`)
  const origin = house.settings.origins[0] ?? url.origin
  const { name, shortName } = siteName(site, lang)
  const latest = entries.map((e) => e.updatedAt.toString()).sort().at(-1) ?? site.openedAt?.toString() ?? '1970-01-01T00:00:00Z'
  const self = origin + listPath(lang, words, '/feed.atom')
  const feed = generateAtomFeed({
    id: feedId(site, lang, { ...words, page: '' }), title: { value: `${m.list_title({}, { locale: lang as 'en' })} – ${shortName}` }, updated: latest, xml: { lang },
    authors: [{ name }],
    links: [{ href: self, rel: 'self', type: 'application/atom+xml' }, { href: origin + listPath(lang, words), rel: 'alternate', type: 'text/html', hreflang: lang }],
    entries: entries.map((e) => ({
      id: entryId(e.id, lang), title: { value: e.title }, summary: { value: e.teaser }, updated: e.updatedAt.toString(), published: e.publicFrom.toString(), xml: { lang },
      content: { value: withoutNumbers(e.bodyHtml), type: 'html' }, categories: [{ term: e.kind }, ...e.regions.map(({ place }) => ({ term: `place:${place}` }))],
      links: [{ href: origin + itemPath(lang, e.slug), rel: 'alternate', type: 'text/html', hreflang: lang }],
    })),
  })
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8', ...(!site.openedAt && { 'x-robots-tag': 'noindex' }) } })
}
