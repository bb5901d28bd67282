import { createHash } from 'node:crypto'
import '#kernel/site/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { PageText } from '#kernel/site/server/page-text.ts'
import { lockSite } from '#kernel/site/server/site-actions.ts'
import { findPageText } from '#kernel/site/server/site-queries.ts'
import { type PageTextKey, SITE_TAG } from '#kernel/site/site.ts'
import { RENDERER, renderMarkdown } from '#kernel/words/markdown.ts'

/** Writes a fixed page, or what the press may copy, in one language over what stood there. */
export async function writeFixedPage(
  tx: Tx, { key, lang }: { key: PageTextKey; lang: Lang }, text: PageText & { isStarter: boolean }, actor: string, now: Temporal.Instant,
): Promise<void> {
  const { html, notes } = await renderMarkdown(text.bodyMarkdown, lang)
  const page = { ...text, bodyHtml: html + notes, renderer: RENDERER }
  await tx
    .insertInto('sitePage')
    .values({ key, lang, ...page })
    .onConflict((conflict) => conflict.columns(['key', 'lang']).doUpdateSet(page))
    .execute()
  await record(tx, { actor, act: 'write-fixed-page', subject: `page:${key}`, detail: { lang } }, now)
  await announce(tx, [SITE_TAG])
}

/** Tells one text of a page from another; '' for none. */
export const pageMark = (text: PageText | undefined): string =>
  text ? createHash('sha256').update(JSON.stringify([text.title, text.bodyMarkdown])).digest('hex') : ''

/**
 * Writes a page over the one that the form was drawn from, and over no other: whoever saves later sees first what was
 * saved meanwhile. The same text again changes nothing, but it is the alliance's from then on.
 */
export async function rewriteFixedPage(
  tx: Tx, at: { key: PageTextKey; lang: Lang }, text: PageText, drawn: string, actor: string, now: Temporal.Instant,
): Promise<'not-switched-on' | 'changed-meanwhile' | null> {
  if (!(await lockSite(tx)).languages.includes(at.lang)) return 'not-switched-on'
  const standing = await findPageText(tx, at.key, at.lang)
  if (standing && !standing.isStarter && pageMark(standing) === pageMark(text)) return null
  if (pageMark(standing) !== drawn) return 'changed-meanwhile'
  await writeFixedPage(tx, at, { ...text, isStarter: false }, actor, now)
  return null
}
