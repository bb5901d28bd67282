const rules = new Map<string, Intl.PluralRules>()

/**
 * CLDR plural category of a number. The compiled messages call this instead of making an `Intl.PluralRules` each time
 * (80 µs). `Intl` does not know ht and would silently take the host's rules: ht nouns do not change, so always `other`.
 */
export function plural(lang: string, input: unknown): Intl.LDMLPluralRule {
  if (lang === 'ht') return 'other'
  let known = rules.get(lang)
  if (!known) rules.set(lang, (known = new Intl.PluralRules(lang)))
  return known.select(Number(input))
}
