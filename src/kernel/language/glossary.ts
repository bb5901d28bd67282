import en from '../../../messages/en/glossary.json' with { type: 'json' }
import es from '../../../messages/es/glossary.json' with { type: 'json' }
import fr from '../../../messages/fr/glossary.json' with { type: 'json' }
import ht from '../../../messages/ht/glossary.json' with { type: 'json' }
import pt from '../../../messages/pt/glossary.json' with { type: 'json' }
import { type Lang, type UiLang, uiLangOf } from './language.ts'
import { collator } from './numbers.ts'

/** What is not said, and what is said instead. `why` is absent where the words speak for themselves. */
export interface NotUsed {
  id: string
  not: string
  say: string
  why?: string
  /** No native speaker of the movement has confirmed our word yet. */
  unconfirmed?: boolean
}

export interface Term {
  id: string
  term: string
  meaning: string
  unconfirmed?: boolean
  /** The same in the other languages asked for. */
  others: { lang: Lang; term: string }[]
}

interface Written {
  notUsed: Record<string, Omit<NotUsed, 'id'>>
  terms: Record<string, Omit<Term, 'id' | 'others'>>
}

const GLOSSARIES: Record<UiLang, Written> = { en, es, fr, ht, pt }

/** Words that are not used in a language, those met most often first, as docs/words.md lists them. */
export const notUsedIn = (lang: Lang): NotUsed[] =>
  Object.entries(GLOSSARIES[uiLangOf(lang)].notUsed).map(([id, entry]) => ({ id, ...entry }))

/** The terms of a language, in its own alphabetical order, with what `languages` call them. */
export function termsIn(lang: Lang, languages: readonly Lang[] = []): Term[] {
  const own = uiLangOf(lang)
  const others = [...new Set(languages.map(uiLangOf))].filter((other) => other !== own)
  const terms = Object.entries(GLOSSARIES[own].terms).map(([id, entry]) => ({
    id, ...entry,
    others: others.flatMap((other) => {
      const found = GLOSSARIES[other].terms[id]
      return found ? [{ lang: other, term: found.term }] : []
    }),
  }))
  const order = collator(lang)
  return terms.sort((a, b) => order.compare(a.term, b.term))
}

/** The end of an address that leads to one entry; the same in every language. */
export const anchorOf = (id: string) => id.replaceAll('_', '-')

/** The glossary as schema.org says it. `address` is the page's own, whole. */
export function termSetData(terms: Term[], name: string, lang: Lang, address: string): object {
  return {
    '@context': 'https://schema.org', '@type': 'DefinedTermSet', '@id': address, url: address, name, inLanguage: lang,
    license: 'https://creativecommons.org/licenses/by/4.0/',
    hasDefinedTerm: terms.map(({ id, term, meaning }) => ({
      '@type': 'DefinedTerm', '@id': `${address}#${anchorOf(id)}`, name: term, description: meaning,
    })),
  }
}
