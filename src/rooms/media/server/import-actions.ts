import { createHash } from 'node:crypto'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { type Frozen, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { placeOf } from '#rooms/media/import/placed.ts'
import type { PressPage } from '#rooms/media/import/press-page.ts'
import { readWhen } from '#rooms/media/import/read-when.ts'
import { languageOfText } from '#rooms/media/import/language-of-text.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'

const SOURCE = 'press-page'

export interface Importing {
  page: PressPage
  lang: Lang
  publish: boolean
  zone: string
}

export interface Imported {
  itemId: string
  slug: string
  what: 'new' | 'changed' | 'unchanged' | 'withdrawn'
  isPublished: boolean
  warnings: string[]
}

/**
 * One page, one item, known again by its title and printed date: the same file twice changes nothing, a changed page is
 * a new revision, and what was withdrawn is never revived.
 */
export async function importPressPage(tx: Tx, importing: Importing, actor: string, now: Temporal.Instant): Promise<Imported> {
  const { page, lang } = importing
  const key = createHash('sha256').update(JSON.stringify([lang, page.title, page.when])).digest('hex')
  const { frozen, warnings } = frozenOf(page)
  const known = await tx.selectFrom('item').select('id').where('source', '=', SOURCE).where('sourceKey', '=', key).executeTakeFirst()
  const itemId = known?.id ?? (await createItem(tx, { kind: 'statement', originalLang: lang, origin: { source: SOURCE, key } }, actor, now))
  const slug = await giveSlug(tx, itemId, lang, slugOf(page.title), now)
  const withdrawn = await tx.selectFrom('withdrawal').select('id').where('itemId', '=', itemId).where('lang', '=', lang).executeTakeFirst()
  if (withdrawn) return { itemId, slug, what: 'withdrawn', isPublished: false, warnings: [...warnings, 'it was withdrawn here and stays withdrawn'] }
  const body = page.paragraphs.filter((paragraph) => paragraph !== page.teaser).map(asMarkdown).join('\n\n')
  const words = { title: page.title, teaser: page.teaser, bodyMarkdown: body === '' ? asMarkdown(page.teaser) : body }
  const { revisionId, isNew } = await saveRevision(tx, itemId, lang, words, frozen, actor, now)
  const what = known === undefined ? 'new' : isNew ? 'changed' : 'unchanged'
  if (!importing.publish) return { itemId, slug, what, isPublished: false, warnings }
  const outcome = await publishRevision(tx, { itemId, lang, revisionId, from: now, zone: importing.zone }, actor, now)
  return { itemId, slug, what, isPublished: outcome.published, warnings }
}

/** Printed words are words: what Markdown would read as a mark is kept as the sign that was printed. */
function asMarkdown(paragraph: string): string {
  return paragraph.replace(/([\\`*_[\]<>#~|])/g, '\\$1').replace(/^(\d+)([.)])(?=\s)/, '$1\\$2').replace(/^([-+])(?=\s)/, '\\$1').replace(/&(?=#?\w+;)/g, '\\&').replace(/(https?):\/\//g, '$1\\://')
}

function frozenOf(page: PressPage): { frozen: Frozen; warnings: string[] } {
  const warnings: string[] = []
  const when = page.when === '' ? '' : readWhen(page.when)
  if (when === undefined) warnings.push(`the printed date “${page.when}” cannot be read with certainty: it is kept as not stated`)
  const printedLang = page.region === '' ? page.lang : languageOfText(page.region)
  const { mention, warning } = placeOf(page.region, page.issuer, printedLang)
  if (warning) warnings.push(warning)
  return {
    warnings,
    frozen: { ...NOTHING_FROZEN, when: when ?? '', regions: mention ? [mention] : [], issuedBy: page.issuer || null, whenNotStatedBySource: !when },
  }
}
