import type { ItemPage } from '#rooms/media/item.ts'

const TYPES: Record<string, string> = { news: 'NewsArticle', press_release: 'NewsArticle', report: 'Report', event: 'Event', video: 'VideoObject' }

/** A text as schema.org says it, for search engines. What is not known is absent. */
export function articleData(item: ItemPage, address: string, siteName: string, picture: string): object {
  return {
    '@context': 'https://schema.org', '@type': TYPES[item.kind] ?? 'Article', '@id': address, url: address,
    image: picture, headline: item.title, name: item.title, description: item.teaser, inLanguage: item.lang,
    datePublished: item.publicFrom.toString(), dateModified: item.updatedAt.toString(),
    publisher: { '@type': 'Organization', name: siteName },
    author: item.signers.length > 0 ? item.signers.map(({ name }) => ({ '@type': 'Organization', name })) : item.issuedBy ? { '@type': 'Organization', name: item.issuedBy } : undefined,
    contentLocation: item.regions.length > 0 ? item.regions.map(({ place }) => ({ '@type': 'Place', identifier: place })) : undefined,
    license: item.licence === 'CC BY 4.0' ? 'https://creativecommons.org/licenses/by/4.0/' : undefined,
  }
}
