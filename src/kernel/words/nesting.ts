import { Refusal } from '#kernel/database/refusal.ts'

export const DEEPEST = 100

/** A text that cannot be made a page, in words that say what to do. */
export class Unrenderable extends Refusal {}

/** A text whose quotations, lists or brackets stand in each other so deep that reading it would keep the program busy for minutes. */
export class TooNested extends Unrenderable {
  override name = 'TooNested'
}

const MARKER = /[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y

/**
 * Looks at a text before it is parsed: the parser's time grows with the square of the depth (20,000 signs of `>` took ten
 * seconds), and nobody reads a quotation of the hundredth degree.
 * @throws TooNested with the number of the line
 */
export function refuseNested(markdown: string): void {
  for (const [i, line] of markdown.split('\n').entries()) {
    if (depthOf(line) > DEEPEST || bracketsOf(line) > DEEPEST) {
      throw new TooNested(`Line ${i + 1} of the text holds more than ${DEEPEST} quotations, lists or brackets inside each other. Take some out; nothing was saved.`)
    }
  }
}

/** Marks of quotations and lists at the beginning of a line; two spaces before one are a level too. */
function depthOf(line: string): number {
  let depth = 0
  MARKER.lastIndex = 0
  for (let at = 0; MARKER.test(line); at = MARKER.lastIndex) {
    const mark = line.slice(at, MARKER.lastIndex)
    depth += 1 + Math.floor((mark.length - mark.trimStart().length) / 2)
  }
  return depth
}

function bracketsOf(line: string): number {
  let [open, most] = [0, 0]
  for (const sign of line) {
    if (sign === '[') most = Math.max(most, ++open)
    else if (sign === ']' && open > 0) open--
  }
  return most
}
