import { parse } from 'yaml'

export interface PageText {
  title: string
  bodyMarkdown: string
}

/** Reads a page's file: its title between two lines of `---`, then Markdown. Undefined when it is not made like that. */
export function readPageText(text: string): PageText | undefined {
  const [, front, body] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined || body === undefined) return undefined
  const title = titleOf(front)
  const bodyMarkdown = body.replaceAll('\r\n', '\n').trim()
  return title && bodyMarkdown ? { title, bodyMarkdown } : undefined
}

function titleOf(front: string): string | undefined {
  try {
    const { title } = (parse(front) ?? {}) as { title?: unknown }
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined
  } catch {
    return undefined
  }
}
