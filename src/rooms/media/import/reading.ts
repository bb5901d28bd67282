import { type Frozen, NOTHING_FROZEN, type Words } from '#rooms/media/frozen.ts'
import { asMarkdown } from '#rooms/media/import/as-markdown.ts'
import { languageOfText } from '#rooms/media/import/language-of-text.ts'
import { placeOf } from '#rooms/media/import/placed.ts'
import type { PressPage } from '#rooms/media/import/press-page.ts'
import { readWhen } from '#rooms/media/import/read-when.ts'

/** A press page as a revision of ours, with what had to be chosen on the way. */
export function revisionOf(page: PressPage): { words: Words; frozen: Frozen; warnings: string[] } {
  const warnings: string[] = []
  const when = page.when === '' ? '' : readWhen(page.when)
  if (when === undefined) {
    warnings.push(`the printed date “${page.when}” cannot be read with certainty: it is kept as not stated`)
  }
  const { mention, warning } = placeOf(page.region, page.issuer, languageOfText(page.region, page.lang))
  if (warning) warnings.push(warning)
  if (page.issuer === '') warnings.push('no issuing body is printed')
  const frozen = {
    ...NOTHING_FROZEN, when: when ?? '', regions: mention ? [mention] : [], issuedBy: page.issuer || null,
    whenNotStatedBySource: !when,
  }
  return { words: wordsOf(page), frozen, warnings }
}

/** The teaser stands above the text, so its paragraph is not printed a second time. */
function wordsOf({ title, teaser, paragraphs }: PressPage): Words {
  const at = paragraphs.indexOf(teaser)
  const below = paragraphs.filter((_, i) => i !== at)
  return { title, teaser, bodyMarkdown: (below.length > 0 ? below : [teaser]).map(asMarkdown).join('\n\n') }
}
