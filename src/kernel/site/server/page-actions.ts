import '#kernel/site/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { PageText } from '#kernel/site/server/page-text.ts'
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
