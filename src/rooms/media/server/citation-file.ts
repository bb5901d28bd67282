import type { CslItem } from '#rooms/media/citation.ts'

export const CITATION_TYPES = {
  bib: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  json: 'application/vnd.citationstyles.csl+json',
} as const
export type CitationFormat = keyof typeof CITATION_TYPES

/** A citation as a file that reference managers read: BibLaTeX, RIS or CSL-JSON. The library is loaded with the first one. */
export async function citationFile(work: CslItem, format: CitationFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify([work], null, 2)}\n`
  const { Cite, plugins } = await import('@citation-js/core')
  await Promise.all([import('@citation-js/plugin-bibtex'), import('@citation-js/plugin-ris')])
  // ASCII: only then are the signs of TeX in a title written as words. The label is the text's own address.
  plugins.config.get('@bibtex').format = { useIdAsLabel: true, checkLabel: false, asciiOnly: true }
  // NOTE: what is given is always an object of ours: of a text the library would ask DOI and Wikidata by itself.
  const cited = new Cite([format === 'bib' ? withTexNames(work) : work], { generateGraph: false })
  return `${cited.format(format === 'bib' ? 'biblatex' : 'ris').trim()}\n`
}

/** The library prints names of organisations as they are: a brace in one would end the field. */
function withTexNames(work: CslItem): CslItem {
  const author = work.author?.map(({ literal }) => ({ literal: literal.replace(/[{}\\]/g, '').replace(/[&%$#_]/g, '\\$&') }))
  return { ...work, ...(author && { author }) }
}
