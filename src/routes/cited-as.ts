import { siteName } from '#kernel/site/site.ts'
import { citationOf } from '#rooms/media/citation.ts'
import { CITATION_TYPES, type CitationFormat, citationFile } from '#rooms/media/server/citation-file.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { itemFile } from './item-file.ts'

/** The citation of a text as a file. */
export const citedAs = (event: Parameters<typeof itemFile>[0], format: CitationFormat) =>
  itemFile(event, `cite.${format}`, async ({ item, site, address }) => {
    const work = citationOf(item, site.zone, address, siteName(site, item.lang).name, kindName(item.kind, item.lang))
    return { body: await citationFile(work, format), type: CITATION_TYPES[format] }
  })
