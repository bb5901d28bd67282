import type { Lang } from '#kernel/language/language.ts'

const COMMONEST = {
  en: ['the', 'and', 'of', 'to', 'that', 'with', 'for', 'is', 'are', 'their', 'this'],
  es: ['el', 'los', 'las', 'que', 'con', 'para', 'una', 'del', 'por', 'es', 'su', 'y'],
  pt: ['o', 'os', 'as', 'que', 'com', 'para', 'uma', 'do', 'da', 'não', 'são', 'e'],
  fr: ['le', 'les', 'des', 'que', 'avec', 'pour', 'une', 'du', 'est', 'et', 'dans'],
  ht: ['yo', 'ki', 'nan', 'ak', 'pou', 'yon', 'sa', 'li', 'nou', 'moun', 'pa', 'la'],
}
const WORDS = Object.entries(COMMONEST).map(([lang, words]) => ({ lang, words: new Set(words) }))

/** The language whose commonest words a text uses most; `otherwise` when it has none of any. */
export function languageOfText(text: string, otherwise: Lang = 'en'): Lang {
  const used = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const scores = WORDS.map(({ lang, words }) => ({ lang, score: used.filter((word) => words.has(word)).length }))
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score === 0 ? otherwise : best.lang
}
