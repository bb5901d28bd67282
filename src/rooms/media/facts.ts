import * as v from 'valibot'
import { type Lang, UI_LANGS, type UiLang, uiLangOf } from '#kernel/language/language.ts'
import type { Source } from '#rooms/media/item.ts'
import written from '#rooms/media/facts.json' with { type: 'json' }

/** One thing that the press may quote, in the project's own words, with where it comes from and what is not sure of it. */
export interface Fact {
  /** The id of the law record or of the work in `starter/data`. */
  id: string
  lang: UiLang
  statement: string
  doubt: string
  source: Source
  confidence: 'high' | 'medium'
  /** The year up to which the source speaks. */
  asOf: number
}

const Text = v.object({ statement: v.string(), doubt: v.string() })
const WrittenFact = v.object({
  id: v.string(),
  confidence: v.picklist(['high', 'medium']),
  as_of: v.number(),
  source: v.object({ title: v.string(), publisher: v.string(), year: v.number(), url: v.pipe(v.string(), v.url()), lang: v.string() }),
  text: v.object(v.entriesFromList(UI_LANGS, Text)),
})

const facts = v.parse(v.array(WrittenFact), written)

/** The facts for a press page, in the interface language nearest to `lang`. They come with the program, not from the database. */
export function factsFor(lang: Lang): Fact[] {
  const spoken = uiLangOf(lang)
  return facts.map(({ id, confidence, as_of, source, text }) => ({ id, lang: spoken, ...text[spoken], source, confidence, asOf: as_of }))
}
