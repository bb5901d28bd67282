import type { ItemPage } from '#rooms/media/item.ts'
import { licenceAddress } from '#rooms/media/licence.ts'
import { blobPath, mayPassOn, pictureName, type ShownFile, type ShownPicture } from '#rooms/media/shown.ts'

const TYPES: Record<string, string> = { news: 'NewsArticle', press_release: 'NewsArticle', report: 'Report', event: 'Event', video: 'VideoObject' }

/** A text as schema.org says it, for search engines. What is not known is absent. */
export function articleData(item: ItemPage, address: string, siteName: string, card: string): object {
  const { origin } = new URL(address)
  const passedOn = item.files.filter(mayPassOn)
  return {
    '@context': 'https://schema.org', '@type': TYPES[item.kind] ?? 'Article', '@id': address, url: address,
    headline: item.title, name: item.title, description: item.teaser, inLanguage: item.lang,
    datePublished: item.publicFrom.toString(), dateModified: item.updatedAt.toString(),
    publisher: { '@type': 'Organization', name: siteName },
    author: item.byline ? { '@type': 'Person', name: item.byline } : item.signers.length > 0 ? item.signers.map(({ name }) => ({ '@type': 'Organization', name })) : item.issuedBy ? { '@type': 'Organization', name: item.issuedBy } : undefined,
    contentLocation: item.regions.length > 0 ? item.regions.map(({ place }) => ({ '@type': 'Place', identifier: place })) : undefined,
    license: licenceAddress(item.licence),
    translator: item.translator ? { '@type': 'Person', name: item.translator } : undefined,
    image: item.picture && mayPassOn(item.picture) ? [pictureData(item.picture, origin), card] : card,
    associatedMedia: passedOn.length > 0 ? passedOn.map((file) => fileData(file, origin)) : undefined,
    isPartOf: item.series ? { '@type': 'CreativeWorkSeries', name: item.series.name } : undefined,
  }
}

const pictureData = ({ large, alt, credit, licence }: ShownPicture, origin: string) => ({
  '@type': 'ImageObject', contentUrl: origin + blobPath(large.hash, pictureName(large)), width: large.width, height: large.height, caption: alt,
  creditText: credit ?? undefined, license: (licence && licenceAddress(licence)) ?? undefined,
})

const fileData = (file: ShownFile, origin: string) => ({
  '@type': file.mediaType.startsWith('video/') ? 'VideoObject' : file.mediaType.startsWith('audio/') ? 'AudioObject' : 'MediaObject',
  name: file.title, contentUrl: origin + blobPath(file.hash, file.name), encodingFormat: file.mediaType, contentSize: String(file.byteSize), inLanguage: file.lang,
})
