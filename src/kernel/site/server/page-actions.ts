import { parse } from 'yaml'
import '#kernel/site/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { RENDERER, renderMarkdown } from '#kernel/words/markdown.ts'

interface PageText {
  key: string
  lang: string
  /** Markdown below a front matter with `title`. */
  text: string
  isStarter: boolean
}

/** Writes a fixed page in one language, in the place of what stood there. */
export async function writeFixedPage(tx: Tx, { key, lang, text, isStarter }: PageText): Promise<void> {
  const { title, body } = splitPage(text, `${key}/${lang}.md`)
  const page = {
    title,
    bodyMarkdown: body,
    bodyHtml: (await renderMarkdown(body)).html,
    renderer: RENDERER,
    isStarter,
  }
  await tx
    .insertInto('sitePage')
    .values({ key, lang, ...page })
    .onConflict((conflict) => conflict.columns(['key', 'lang']).doUpdateSet(page))
    .execute()
}

function splitPage(text: string, file: string): { title: string; body: string } {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text)
  const title: unknown = match && (parse(match[1]!) as Record<string, unknown> | null)?.['title']
  if (typeof title !== 'string' || !match) throw new Error(`${file} has no title: begin it with --- and title: between two lines`)
  return { title, body: match[2]!.trim() }
}
