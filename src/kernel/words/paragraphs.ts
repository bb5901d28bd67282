/** A text as its paragraphs, and what stands before, between and after them: one more of these than of paragraphs, all spaces and line ends. */
export interface Paragraphs {
  paragraphs: string[]
  between: string[]
}

/** A form sends each line's end as CR LF, whatever stood there (HTML 4.10.21.4). */
export const withPlainLineEnds = (text: string): string => text.replace(/\r\n?/g, '\n')

/** Cuts a text at its empty lines. `joinParagraphs` gives back exactly its bytes. */
export function paragraphsOf(text: string): Paragraphs {
  const parts = text.split(/((?:^|\n)(?:[ \t]*\n)+|\n$)/)
  const result: Paragraphs = { paragraphs: [], between: [''] }
  parts.forEach((part, i) => {
    const last = result.between.length - 1
    if (i % 2 === 1 || part.trim() === '') result.between[last] += part
    else {
      result.paragraphs.push(part)
      result.between.push('')
    }
  })
  return result
}

export const joinParagraphs = ({ paragraphs, between }: Paragraphs): string => paragraphs.reduce((text, one, i) => text + one + between[i + 1]!, between[0]!)
