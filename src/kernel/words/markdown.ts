import type { Lang } from '#kernel/language/language.ts'
import { refuseNested } from '#kernel/words/nesting.ts'

/** Stored beside each rendered text: HTML made by another renderer is made anew. */
export const RENDERER = 'remark-15.2'

export interface RenderedWords {
  /** The text: paragraphs numbered p1, p2 … and headings s1, s2 …, each an address within the page. */
  html: string
  /** The footnotes as one list, each with its way back; '' when there are none. */
  notes: string
  contents: { id: string; text: string }[]
}

/**
 * Markdown of the house as HTML that is safe to print. No raw HTML passes but `<i lang>` and `<span lang>`, which say
 * that words are of another language; anything else in angle brackets is printed as the words that it is.
 * @throws TooNested before anything is parsed
 * Loaded late: a reader's request never parses Markdown.
 */
export async function renderMarkdown(markdown: string, lang: Lang): Promise<RenderedWords> {
  refuseNested(markdown)
  const { render } = await import('#kernel/words/render.ts')
  return render(markdown, lang)
}
