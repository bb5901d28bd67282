import { generateAtomFeed } from 'feedsmith'
import { escapeMarkup, forXml } from '#kernel/words/escape.ts'
import type { FeedDocument, FeedNotice } from '#rooms/media/feed.ts'

export const ATOM_TYPE = 'application/atom+xml'

/** RFC 4287; what was taken down is told by RFC 6721, which feedsmith does not write. */
export function writeAtom(feed: FeedDocument): string {
  const { id, title, author, lang, updated, home, self, first, previous, next } = feed
  const page = (rel: string, href: string | undefined) => (href ? [{ href, rel, type: ATOM_TYPE }] : [])
  const texts = feed.news.filter((one) => 'summary' in one)
  const xml = generateAtomFeed({
    id, title: { value: title }, updated: updated.toString(), xml: { lang }, authors: [{ name: author }],
    links: [
      ...page('self', self), { href: home, rel: 'alternate', type: 'text/html', hreflang: lang },
      ...page('first', first), ...page('previous', previous), ...page('next', next),
    ],
    entries: texts.map((one) => ({
      id: one.id, title: { value: one.title }, summary: { value: one.summary }, xml: { lang }, rights: { value: one.rights },
      updated: one.updated.toString(), published: one.published.toString(), content: { value: one.html, type: 'html' },
      ...(one.authors.length > 0 && { authors: one.authors.map((name) => ({ name })) }),
      categories: one.tags.map((term) => ({ term })),
      links: [{ href: one.url, rel: 'alternate', type: 'text/html', hreflang: lang }, ...one.enclosures.map(({ url, ...file }) => ({ href: url, rel: 'enclosure', ...file }))],
    })),
  })
  const stones = feed.news.filter((one) => 'withdrawn' in one).map((one) => deletedEntry(one, lang))
  return forXml(xml).replace(/<\/feed>\s*$/, () => `${stones.join('')}</feed>\n`)
}

function deletedEntry({ id, withdrawn, text }: FeedNotice, lang: string): string {
  const comment = `<at:comment type="text" xml:lang="${lang}">${escapeMarkup(text)}</at:comment>`
  return `  <at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${id}" when="${withdrawn}">${comment}</at:deleted-entry>\n`
}
