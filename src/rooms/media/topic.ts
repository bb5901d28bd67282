import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import type { TopicMention } from '#rooms/media/item.ts'

export interface Topic {
  /** Its address in filters; it never changes. */
  key: string
  names: Record<Lang, string>
  /** The key of the topic that took its place; null while it stands. */
  mergedInto: string | null
}

export const isTopicKey = (text: string) => /^[a-z0-9-]{1,40}$/.test(text)

/** Its name in a language, or in the nearest that it has, with the language that it is in. */
export function topicNamed({ key, names }: Pick<Topic, 'key' | 'names'>, lang: Lang): TopicMention {
  const found = [lang, ...fallbacksOf(lang), ...Object.keys(names).sort()].find((one) => names[one])
  return found ? { key, name: names[found]!, lang: found } : { key, name: key, lang }
}

export type ObstacleToTopic = 'malformed-key' | 'no-name' | 'malformed-language' | 'key-taken' | 'not-found' | 'merged' | 'itself'

/** Why a topic cannot be called so, or null when it can. */
export function obstacleToTopicName(lang: Lang, name: string): ObstacleToTopic | null {
  if (name.trim() === '') return 'no-name'
  return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/.test(lang) ? null : 'malformed-language'
}
