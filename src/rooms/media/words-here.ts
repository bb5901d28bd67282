import { type Term, termsIn } from '#kernel/language/glossary.ts'
import type { Lang } from '#kernel/language/language.ts'

/** A term of the glossary that stands in a text, with the word for it in another language. */
export interface WordHere {
  id: string
  term: string
  other: string
}

const wordsOf = (text: string): string[] => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
/** What stands in a term for its grammar alone. */
const SMALL = new Set(['persona', 'personas', 'pessoa', 'pessoas', 'personne', 'personnes', 'moun', 'the', 'los', 'las', 'del', 'des', 'dos', 'das', 'por', 'para', 'como', 'comme', 'les', 'sur', 'and', 'yon'])
/** Words between those of a term: "trabajadoras y trabajadores sexuales". */
const BETWEEN = 4

/** Whether a word is one of a term, with an ending that its language gave it. Short words have none but an s. */
const isWord = (read: string, word: string): boolean => (word.length <= 4 ? read === word || read === `${word}s` : read.startsWith(word.slice(0, Math.max(4, word.length - 3))) && read.length <= word.length + 3)

/**
 * Terms of the glossary that a text uses, longest first, where the other language has a word for them. A term counts where its words
 * stand near each other, in any order and with other endings. A hint to whoever translates, and no judgement: it may miss one.
 */
export function wordsHere(text: string, from: Lang, to: Lang): WordHere[] {
  const read = wordsOf(text)
  const stands = (written: string) => written.split(/[,/]/).some((one) => {
    const words = wordsOf(one).filter((word) => word.length > 2 && !SMALL.has(word))
    const isNear = (at: number) => words.every((word) => read.slice(Math.max(0, at - words.length - BETWEEN), at + words.length + BETWEEN).some((other) => isWord(other, word)))
    return words.length > 0 && read.some((word, at) => isWord(word, words[0]!) && isNear(at))
  })
  return termsIn(from, [to]).filter(({ term }: Term) => stands(term)).flatMap(({ id, term, others }) => (others[0] ? [{ id, term, other: others[0].term }] : []))
    .sort((a, b) => b.term.length - a.term.length)
}
