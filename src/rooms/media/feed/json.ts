import { generateJsonFeed } from 'feedsmith'
import type { FeedDocument } from '#rooms/media/feed.ts'

export const JSON_FEED_TYPE = 'application/feed+json'

/** JSON Feed 1.1. A notice takes the place of the text under the same id; `_withdrawn` says so to programs. */
export function writeJsonFeed(feed: FeedDocument): string {
  const { title, author, lang, home, self, next } = feed
  return JSON.stringify(generateJsonFeed({
    title, home_page_url: home, feed_url: self, language: lang, authors: [{ name: author }], ...(next && { next_url: next }),
    items: feed.news.map((one) => 'withdrawn' in one
      ? {
          id: one.id, title: one.title, content_html: one.html, language: lang,
          date_published: one.withdrawn.toString(), date_modified: one.withdrawn.toString(),
          _withdrawn: { at: one.withdrawn.toString(), reason: one.reason },
        }
      : {
          id: one.id, url: one.url, title: one.title, summary: one.summary, content_html: one.html, language: lang,
          date_published: one.published.toString(), date_modified: one.updated.toString(), tags: one.tags,
          ...(one.enclosures.length > 0 && { attachments: one.enclosures.map(({ url, type, length, title }) => ({ url, mime_type: type, size_in_bytes: length, title })) }),
          ...(one.authors.length > 0 && { authors: one.authors.map((name) => ({ name })) }),
        }),
  }))
}
