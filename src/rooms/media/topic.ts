import { fallbacksOf, type Lang } from '#kernel/language/language.ts'
import type { TopicMention } from '#rooms/media/item.ts'

export interface Topic {
  /** Its address in filters; it never changes. */
  key: string
  names: Record<Lang, string>
  /** The key of the topic that took its place; null while it stands. */
  mergedInto: string | null
}

export const LONGEST_TOPIC_NAME = 120

export const isTopicKey = (text: string) => /^[a-z0-9-]{1,40}$/.test(text)

/** Its name in a language, or in the nearest that it has, with the language that it is in. */
export function topicNamed({ key, names }: Pick<Topic, 'key' | 'names'>, lang: Lang): TopicMention {
  const found = [lang, ...fallbacksOf(lang), ...Object.keys(names).sort()].find((one) => names[one])
  return found ? { key, name: names[found]!, lang: found } : { key, name: key, lang }
}

export type ObstacleToTopic = 'malformed-key' | 'no-name' | 'malformed-name' | 'malformed-language' | 'key-taken' | 'not-found' | 'merged' | 'itself'

/** Why a topic cannot be called so, or null when it can. */
export function obstacleToTopicName(lang: Lang, name: string): ObstacleToTopic | null {
  if (name.trim() === '') return 'no-name'
  // Direction marks too: one in a name turns around whatever stands behind it.
  if ([...name.trim()].length > LONGEST_TOPIC_NAME || /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name.trim())) return 'malformed-name'
  return /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/.test(lang) ? null : 'malformed-language'
}

/** A key made of a name, where it has letters for one; '' where it has none. */
export const topicKeyOf = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '')
