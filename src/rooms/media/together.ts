// What is done with several texts of the desk's list at once.

/** As the acts of the page are called. */
export const TOGETHER = ['addTopic', 'takeTopic', 'plan', 'unplan', 'publish'] as const
export type Together = (typeof TOGETHER)[number]

/** Why one of them stays as it is; the others are not hindered by that. */
export type ObstacleTogether = 'not-yours' | 'withdrawn' | 'in-trash' | 'has-topic' | 'lacks-topic' | 'no-title' | 'all-public' | 'not-planned' | 'may-not-keep' | 'changed-meanwhile'

/** Topics with one more, or without one. Null where nothing changes. @param keys every key that is read as that topic; the first is what a text is given */
export function topicsWith(topics: readonly string[], keys: readonly [string, ...string[]], isAdded: boolean): string[] | null {
  const has = topics.some((topic) => keys.includes(topic))
  if (has === isAdded) return null
  return isAdded ? [...topics, keys[0]] : topics.filter((topic) => !keys.includes(topic))
}

/** A text that is to go out, as a form sends it back: which it is, and what was seen of it. */
export interface TextToSend { itemId: string; lang: string; seen: string }

export const sentAs = ({ itemId, lang, seen }: TextToSend): string => [itemId, lang, seen].join(' ')

/** What a form says of the texts that go out, each once. What no form of ours says is left out. */
export function textsSent(values: readonly unknown[]): TextToSend[] {
  const read = values.flatMap((value) => {
    const [itemId, lang, seen, ...rest] = typeof value === 'string' && value.length <= 300 ? value.split(' ') : []
    return itemId && lang && seen && rest.length === 0 && !value!.toString().includes('\0') ? [{ itemId, lang, seen }] : []
  })
  return [...new Map(read.map((text) => [`${text.itemId} ${text.lang}`, text])).values()]
}
