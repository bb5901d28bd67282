import { Document, isScalar, parse, visit } from 'yaml'
import type { Topic } from '#rooms/media/topic.ts'

/** What the categories and tags of another program are called here: a topic's key, or '' for none. */
export type LabelMap = Map<string, string>

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** A label whose words are a topic's own, in any language, is that topic; of every other none is guessed. */
export function guessTopic(label: string, topics: readonly Topic[]): string {
  const found = topics.find(({ key, names }) => [key, ...Object.values(names)].some((name) => plain(name) === plain(label)))
  return found ? (found.mergedInto ?? found.key) : ''
}

const HEAD = `# What the categories and tags of the import are called here. Write a topic's key behind each, or leave it empty for none;
# then run the same import again. Topics that there are: `

/** The mapping as a file to fill in. What a spreadsheet would take for a formula stands in quotation marks. */
export function writeLabels(labels: LabelMap, topics: readonly Topic[]): string {
  const lines = new Document(Object.fromEntries(labels))
  visit(lines, { Pair: (_, { key }) => { if (isScalar(key) && /^[=+@-]/.test(String(key.value))) key.type = 'QUOTE_DOUBLE' } })
  return `${HEAD}${topics.filter(({ mergedInto }) => !mergedInto).map(({ key }) => key).join(', ')}\n${lines.toString({ lineWidth: 0 })}`
}

/** @returns the mapping, or a sentence that says what is wrong and where */
export function readLabels(text: string, topics: readonly Topic[]): LabelMap | string {
  let said: unknown
  try {
    said = parse(text, { maxAliasCount: 0 }) ?? {}
  } catch (error) {
    return `it cannot be read (${(error as Error).message.split('\n')[0]})`
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return 'it holds no lines of the form “label: topic”'
  const keys = new Set(topics.map(({ key }) => key))
  const map: LabelMap = new Map()
  for (const [label, key] of Object.entries(said)) {
    const topic = String(key ?? '').trim()
    if (topic !== '' && !keys.has(topic)) return `it says “${topic}” for “${label}”, and there is no such topic; see bin/altavoz topic list`
    map.set(label, topic)
  }
  return map
}
