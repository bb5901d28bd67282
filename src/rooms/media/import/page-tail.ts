const LABELS = {
  when: ['when', 'date', 'cuándo', 'cuando', 'fecha', 'quando', 'data', 'quand', 'kilè', 'dat'],
  region: ['region', 'región', 'região', 'région', 'rejyon'],
}
type Label = keyof typeof LABELS

/** How far from its end a page may print "when" and "region"; further up they are words of the text. */
const LONGEST_TAIL = 8
/** The words of a region or a date are short; a longer line after the label is the issuing body's name. */
const LONGEST_VALUE = 60

function labelOf(line: string): Label | undefined {
  const word = line.toLowerCase().replace(/\s*:$/, '')
  return (Object.keys(LABELS) as Label[]).find((label) => LABELS[label].includes(word))
}

export interface CutPage {
  body: string[]
  when: string
  region: string
  issuer: string
  warnings: string[]
}

/** Cuts "when" and "region" off the end of a page, with the words after each, and the issuing body that follows them. */
export function cutTail(lines: string[]): CutPage {
  const start = lines.findIndex((line, i) => i >= lines.length - LONGEST_TAIL && labelOf(line) !== undefined)
  if (start < 0) return { body: lines, when: '', region: '', issuer: '', warnings: [] }
  const value = { when: '', region: '' }
  const others: string[] = []
  let label: Label | undefined
  for (const line of lines.slice(start)) {
    const next = labelOf(line)
    if (next) label = next
    else if (label && line.length <= LONGEST_VALUE) [value[label], label] = [line, undefined]
    else others.push(line)
  }
  const [issuer = '', ...unread] = others
  const warnings = unread.length === 0 ? [] : [`left out after the issuing body: ${unread.map((line) => `“${line}”`).join(', ')}`]
  return { body: lines.slice(0, start), ...value, issuer, warnings }
}
