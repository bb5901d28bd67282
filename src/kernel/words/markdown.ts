import type { Lang } from '#kernel/language/language.ts'
import { TookTooLong, openThread } from '#kernel/threads/thread.ts'
import { programFile } from '#kernel/program-file.ts'
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

/** A text that was not read in its time. Some signs that open and never close cost the parser the square of their number. */
export class TooHard extends Unrenderable {
  override name = 'TooHard'
}

/** What a text may take of the processor: one of 200,000 signs, as people write, takes a second. */
export const MOST_MS = 5000

/** A text that is looked at and then saved, or made a page of before its item is locked, is made once. Failures are not kept. */
const MOST_REMEMBERED = 8

type Renderer = (markdown: string, lang: Lang) => Promise<RenderedWords>

function remembering(render: Renderer): Renderer {
  const made = new Map<string, Promise<RenderedWords>>()
  return (markdown, lang) => {
    const key = `${lang}\n${markdown}`
    const kept = made.get(key)
    if (kept) return kept
    const making = render(markdown, lang)
    made.set(key, making)
    making.catch(() => made.delete(key))
    if (made.size > MOST_REMEMBERED) made.delete(made.keys().next().value!)
    return making
  }
}

/** @param mostMs of the processor for one text */
export function openRenderer(mostMs: number) {
  const thread = openThread<{ markdown: string; lang: Lang }, RenderedWords>(programFile(import.meta.url, './render-thread.ts', 'words.js'), { mostMs })
  return async (markdown: string, lang: Lang): Promise<RenderedWords> => {
    refuseNested(markdown)
    try {
      return await thread.ask({ markdown, lang })
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error
      throw new TooHard(`The text could not be made a page (${error.message}): it holds thousands of stars, brackets, lists or notes, or is as long as a book. Split it, or take some out; nothing was saved.`)
    }
  }
}

/**
 * Markdown of the house as HTML that is safe to print. No raw HTML passes but `<i lang>` and `<span lang>`, which say
 * that words are of another language; anything else in angle brackets is printed as the words that it is.
 * It is made in a thread of its own, beside all else, and ended there: a reader's request never parses Markdown.
 * @throws TooNested before anything is parsed; TooHard when it takes too long
 */
export const renderMarkdown = remembering(openRenderer(MOST_MS))
