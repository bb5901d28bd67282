import { parse } from 'yaml'
import { splitFrontMatter } from '#kernel/words/front-matter.ts'

export interface PageText {
  title: string
  bodyMarkdown: string
}

/** Reads a page's file: its title between two lines of `---`, then Markdown. Undefined when it is not made like that. */
export function readPageText(text: string): PageText | undefined {
  const split = splitFrontMatter(text)
  const title = split && titleOf(split.front)
  return title && split.body ? { title, bodyMarkdown: split.body } : undefined
}

function titleOf(front: string): string | undefined {
  try {
    const { title } = (parse(front) ?? {}) as { title?: unknown }
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined
  } catch {
    return undefined
  }
}
