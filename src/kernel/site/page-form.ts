/** The text of a page as it comes from a form: browsers end lines with two signs, and nobody means the blanks around. */
export function readPageForm(title: string, body: string): { title: string; bodyMarkdown: string } {
  return { title: title.normalize('NFC').trim(), bodyMarkdown: body.normalize('NFC').replace(/\r\n?/g, '\n').trim() }
}

export type PageProblem = 'title' | 'body'
const LONGEST_TITLE = 200
export const LONGEST_PAGE = 100_000

/** What of it cannot stand. Direction marks too: one in a title turns around whatever stands behind it. */
export function obstaclesToPage({ title, bodyMarkdown }: { title: string; bodyMarkdown: string }): PageProblem[] {
  const isPlain = title !== '' && [...title].length <= LONGEST_TITLE && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(title)
  const isThere = bodyMarkdown !== '' && bodyMarkdown.length <= LONGEST_PAGE
  return [...(isPlain ? [] : ['title' as const]), ...(isThere ? [] : ['body' as const])]
}
