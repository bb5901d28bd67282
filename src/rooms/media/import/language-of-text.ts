import type { Lang } from '#kernel/language/language.ts'

const WORDS: Record<string, string[]> = {
  en: ['the', 'and', 'of', 'to', 'that', 'with', 'for', 'is', 'are', 'their', 'this'],
  es: ['el', 'los', 'las', 'que', 'con', 'para', 'una', 'del', 'por', 'es', 'su', 'y'],
  pt: ['o', 'os', 'as', 'que', 'com', 'para', 'uma', 'do', 'da', 'não', 'são', 'e'],
  fr: ['le', 'les', 'des', 'que', 'avec', 'pour', 'une', 'du', 'est', 'et', 'dans'],
  ht: ['yo', 'ki', 'nan', 'ak', 'pou', 'yon', 'sa', 'li', 'nou', 'moun', 'pa', 'la'],
}

/** The language whose commonest words a text uses most; `otherwise` when it has none of any. */
export function languageOfText(text: string, otherwise: Lang = 'en'): Lang {
  const used = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const score = (lang: string) => used.filter((word) => WORDS[lang]?.includes(word)).length
  const best = Object.keys(WORDS).reduce((a, b) => (score(b) > score(a) ? b : a))
  return score(best) === 0 ? otherwise : best
}
