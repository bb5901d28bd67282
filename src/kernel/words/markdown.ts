import type { Lang } from '#kernel/language/language.ts'
import { TookTooLong, openThread } from '#kernel/threads/thread.ts'
import { threadFile } from '#kernel/threads/thread-file.ts'
import { Unrenderable, refuseNested } from '#kernel/words/nesting.ts'

/** Stored beside each rendered text: HTML made by another renderer is made anew. */
export const RENDERER = 'remark-15.2'

export interface RenderedWords {
  /** The text: paragraphs numbered p1, p2 … and headings s1, s2 …, each an address within the page. */
  html: string
  /** The footnotes as one list, each with its way back; '' when there are none. */
  notes: string
  contents: { id: string; text: string }[]
}

/** A text that was not read in its time: the parser's time grows with the square of what some signs open and never close. */
export class TooHard extends Unrenderable {
  override name = 'TooHard'
}

/** What one text may take; a book of a million signs takes less. */
const MOST_MS = 10_000

const thread = openThread<{ markdown: string; lang: Lang }, RenderedWords>(threadFile(import.meta.url, './render-thread.ts', 'words.js'), { mostMs: MOST_MS })

/**
 * Markdown of the house as HTML that is safe to print. No raw HTML passes but `<i lang>` and `<span lang>`, which say
 * that words are of another language; anything else in angle brackets is printed as the words that it is.
 * It is made in a thread of its own, beside all else: a reader's request never parses Markdown.
 * @throws TooNested before anything is parsed; TooHard when it takes too long
 */
export async function renderMarkdown(markdown: string, lang: Lang): Promise<RenderedWords> {
  refuseNested(markdown)
  try {
    return await thread.ask({ markdown, lang })
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error
    throw new TooHard(`The text could not be read within ${MOST_MS / 1000} seconds: it holds thousands of brackets, stars or notes that no reader could follow. Take some out; nothing was saved.`)
  }
}
