import widths from './widths.json' with { type: 'json' }

const advances: Record<string, number> = widths.advances
const kerns: Record<string, Record<string, number>> = widths.kerns
/** The stylesheet adds this to each space of a wood line. */
const WORD_SPACING = 5
const MOST_LINES = 5
/** A line that is much shorter than the others would be set far larger than they are. */
const WIDEST_LINE = 12
/** In em², beside the squared differences of width: worth a line that is some two em off. */
const SPLIT_NAME = 6

export interface WoodLine {
  text: string
  /** Width in em at weight 850, two decimals, for the style `--w`. */
  width: string
}

/** Width of a line in em, or undefined when the font lacks one of its letters. */
export function widthOf(line: string): number | undefined {
  let sum = 0
  const letters = [...line]
  for (const [i, letter] of letters.entries()) {
    const advance = advances[letter]
    if (advance === undefined) return undefined
    sum += advance + (letter === ' ' || letter === '\u00a0' || letter === '\u202f' ? WORD_SPACING : 0) + (kerns[letter]?.[letters[i + 1] ?? ''] ?? 0)
  }
  return sum / 100
}

/**
 * Breaks a title into one to five lines of nearly equal width, each to be set to the full measure. Undefined when the
 * title is too long or has letters that the font lacks: then it is printed as a plain heading.
 */
export function woodLines(title: string): WoodLine[] | undefined {
  const words = title.trim().split(/[ \n\t]+/)
  const whole = widthOf(words.join(' '))
  if (whole === undefined || words[0] === '') return undefined
  for (let lines = Math.max(1, Math.round(Math.sqrt(whole / 2.4))); lines <= MOST_LINES; lines++) {
    const broken = balanced(words, Math.min(lines, words.length))
    if (!broken) return undefined
    const wide = broken.map((text) => ({ text, w: widthOf(text) ?? 0 }))
    if (Math.max(...wide.map(({ w }) => w)) <= WIDEST_LINE) return wide.map(({ text, w }) => ({ text, width: w.toFixed(2) }))
  }
  return undefined
}

/** Two capitalised words side by side are mostly one name (“Sex Workers”, “Inter-American Commission”). */
const splitsName = (before: string | undefined, after: string | undefined) =>
  before !== undefined && after !== undefined && /^\p{Lu}[^.:!?]*$/u.test(before) && /^\p{Lu}/u.test(after)

/** The break into exactly `count` lines that differ least and split no name: few words, so all breaks are tried. */
function balanced(words: string[], count: number): string[] | undefined {
  const target = (widthOf(words.join(' ')) ?? 0) / count
  const best: (({ cost: number; lines: string[] }) | undefined)[][] = Array.from({ length: words.length + 1 }, () => [])
  best[0]![0] = { cost: 0, lines: [] }
  for (let end = 1; end <= words.length; end++) {
    for (let n = 1; n <= Math.min(count, end); n++) {
      for (let start = n - 1; start < end; start++) {
        const before = best[start]![n - 1]
        if (!before) continue
        const line = words.slice(start, end).join(' ')
        const cost = before.cost + ((widthOf(line) ?? 0) - target) ** 2 + (splitsName(words[start - 1], words[start]) ? SPLIT_NAME : 0)
        if (!best[end]![n] || cost < best[end]![n]!.cost) best[end]![n] = { cost, lines: [...before.lines, line] }
      }
    }
  }
  return best[words.length]![count]?.lines
}
