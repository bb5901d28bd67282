import { bareWord } from '#rooms/media/extract.ts'

/** A word, or words in quotation marks that stand one behind the other. */
export interface Term {
  text: string
  isPhrase: boolean
  /** What is typed may be the beginning of a word. */
  isPrefix: boolean
}

/** More words than anyone searches for, and each costs. */
const MOST_TERMS = 12
const SHORTEST_PREFIX = 3

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:\.\p{N}+)*/gu

/** The words of a text, small; law numbers stay whole (17.515). */
export const wordsIn = (text: string): string[] => (text.toLowerCase().match(WORD) ?? []).map((word) => word.normalize('NFC'))

/** What a reader typed: words, phrases in quotation marks of any language, the last word perhaps unfinished. */
export function termsOf(q: string): Term[] {
  const terms = q.replace(/[“”„«»]/g, '"').split('"').flatMap((part, i): Term[] => {
    const words = wordsIn(part)
    if (i % 2 === 1) return words.length > 0 ? [{ text: words.join(' '), isPhrase: true, isPrefix: false }] : []
    return words.map((text) => ({ text, isPhrase: false, isPrefix: false }))
  }).slice(0, MOST_TERMS)
  const last = terms.at(-1)
  if (last && !last.isPhrase && last.text.length >= SHORTEST_PREFIX) last.isPrefix = true
  return terms
}

/** Endings that lose their accent when they are typed without one, and are another word for the stemmer then. */
const RESTORED: Record<string, [RegExp, string][]> = {
  es: [[/([cs])ion$/, '$1ión']],
  fr: [[/ee(s?)$/, 'ée$1']],
  pt: [[/cao$/, 'ção'], [/coes$/, 'ções'], [/sao$/, 'são'], [/soes$/, 'sões']],
}

/** The spellings that a word was perhaps meant to have. */
export function spellingsOf(lang: string, word: string): string[] {
  const bare = bareWord(word)
  const restored = (RESTORED[lang.split('-')[0]!] ?? []).filter(([end]) => end.test(bare)).map(([end, by]) => bare.replace(end, by))
  // Snowball stems prostituição and prostituições apart.
  const singular = restored.filter((one) => one.endsWith('ções')).map((one) => one.replace(/ções$/, 'ção'))
  const plural = restored.filter((one) => one.endsWith('ção')).map((one) => one.replace(/ção$/, 'ções'))
  return [...new Set([word, ...restored, ...singular, ...plural])]
}
