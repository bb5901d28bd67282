import type { Words } from '#rooms/media/frozen.ts'

export const LONGEST_TITLE = 300
export const LONGEST_TEASER = 1000
/** A book of 60 pages. A form of it fits into what a request may carry. */
export const LONGEST_BODY = 200_000
/** Who translated it, in one line beside a text. */
export const LONGEST_CREDIT = 100

export type WritingProblem = 'title' | 'long-title' | 'long-teaser' | 'long-body' | 'too-hard'

/** What is wrong with words that are to be saved. A draft may lack all but its title, by which people find it. */
export function problemsOf({ title, teaser, bodyMarkdown }: Words): WritingProblem[] {
  return [
    ...(title.trim() === '' ? ['title' as const] : []),
    ...(title.length > LONGEST_TITLE ? ['long-title' as const] : []),
    ...(teaser.length > LONGEST_TEASER ? ['long-teaser' as const] : []),
    ...(bodyMarkdown.length > LONGEST_BODY ? ['long-body' as const] : []),
  ]
}
