import { generateRssFeed } from 'feedsmith'
import { forXml } from '#kernel/words/escape.ts'
import type { FeedDocument, FeedNotice, FeedText } from '#rooms/media/feed.ts'

export const RSS_TYPE = 'application/rss+xml'

/** RSS 2.0. It knows no deletion: a notice takes the place of the text, under the same guid. */
export function writeRss(feed: FeedDocument): string {
  const { title, author, lang, updated, home, self, first, previous, next } = feed
  const page = (rel: string, href: string | undefined) => (href ? [{ href, rel, type: RSS_TYPE }] : [])
  return forXml(generateRssFeed({
    title, link: home, description: author, language: lang, lastBuildDate: updated.toString(), xml: { lang },
    atom: { links: [...page('self', self), ...page('first', first), ...page('previous', previous), ...page('next', next)] },
    items: feed.news.map((one) => ({
      guid: { value: one.id, isPermaLink: false }, title: one.title, content: { encoded: one.html },
      ...('withdrawn' in one ? itemOfNotice(one) : itemOfText(one)),
    })),
  }))
}

/** RSS takes a description for HTML: what stands in it as words must stay words where it is shown as such. */
const asHtml = (text: string): string => text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))

const itemOfText = (one: FeedText) => ({
  link: one.url, description: asHtml(one.summary), pubDate: one.published.toString(), atom: { updated: one.updated.toString() },
  dc: { ...(one.authors.length > 0 && { creators: one.authors }), rights: [one.rights] },
  // Readers of RSS take the first one.
  ...(one.enclosures.length > 0 && { enclosures: one.enclosures.map(({ url, type, length }) => ({ url, type, length })) }),
  categories: one.tags.map((name) => ({ name })),
})

const itemOfNotice = (one: FeedNotice) => ({
  description: asHtml(one.text), pubDate: one.withdrawn.toString(), atom: { updated: one.withdrawn.toString() },
})
