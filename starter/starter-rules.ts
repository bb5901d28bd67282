// What the tests of the starter library ask of its texts.

export const FIXED_PAGE_LANGS = ['en', 'es', 'pt', 'fr', 'ht']

export const ITEM_LANGS: Record<string, string[]> = {
  '01-launch-in-brief': ['en', 'es', 'pt', 'fr', 'ht'],
  '02-new-zealand-2003': ['en', 'es', 'pt', 'fr', 'ht'],
  '03-new-zealand-five-years-on': ['en', 'es', 'pt', 'fr'],
  '04-uruguay-2002': ['en', 'es', 'pt', 'ht'],
  '05-brazil-2002': ['pt', 'es', 'en'],
  '06-hearing-2017': ['es', 'en', 'pt', 'fr'],
  '07-chihuahua-2014': ['es', 'en'],
  '08-redtrasex-2021': ['es', 'en', 'pt'],
  '09-haiti-penal-code': ['ht', 'fr', 'en'],
  '10-for-journalists': ['en', 'es', 'pt', 'fr', 'ht'],
  '11-seven-caribbean-states': ['en', 'fr', 'ht', 'es'],
  '12-how-to-read-the-list': ['en', 'es', 'pt', 'fr', 'ht'],
}

/** Section 2 of docs/words.md, as far as a pattern can tell the wrong use from the right one. */
export const NOT_USED: Record<string, RegExp[]> = {
  all: [/prostitu/i, /pwostit/i, /!/, /\blatinos?\b/i, /nordic|nórdic|nordique/i, /\b(AIDS|SIDA)\b/i, /\b(STDs?|ETS|DST|MST)\b/],
  en: [/\b(rescu|pimp|punter)/i, /\bprocurer/i, /sell(s|ing)? (her|their) bod/i, /\b(victim|survivor|beneficiar|vulnerable|voiceless)/i, /\b(alleg|confess)(e|ed|es|ing)?\b/i, /\b(addict|transsexual|illegal)/i, /give[sn]? (a )?voice/i, /commercial sex/i],
  es: [/\b(rescat|proxenet|padrote|puter[oa]|sexoservi)/i, /vender? (el|su) cuerpo/i, /\bv[ií]ctima/i, /\bdenuncia/i, /\b(beneficiari|vulnerables|transexual|ilegal)/i, /\bda(r|n)? voz/i, /\b(vos|usted|ustedes|vosotros)\b/i, /[a-z](@|\/as?\b|\(a\)|xs\b)/i],
  pt: [/\b(resgat|cafet|putanheir)/i, /vender? (o|seu) corpo/i, /\bv[ií]tima/i, /\bden[uú]ncia/i, /\b(benefici[aá]ri|público-alvo|ilega)/i, /\bda(r|m)? voz/i, /\bVIH\b/, /\b(tu|teu|tua|contigo)\b/i, /[a-z](@|\/as?\b|\(a\)|xs\b)/i],
  fr: [/\b(sauve|prox[eé]n|souteneur)/i, /vendre son corps/i, /\bvictime/i, /\b(plainte|b[eé]n[eé]ficiair|clandestin|ill[eé]ga)/i, /donner une voix/i, /\bveuillez\b/i, /(?<!\p{L})(tu|ton|tes)(?!\p{L})/iu, /·/, /\bHIV\b/],
  ht: [/\b(makwo|bouzen|sidatik|viktim|plent)\b/i, /vann kò/i, /bay vwa/i, /\bilegal/i, /\bHIV\b/, /\b(k|m|n|l|w|p)(’|')/i],
}

/** Months and weekdays of the languages that a translator might leave behind. */
export const CREOLE_DATES = /\b(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?!-)/i

/** How each language says that a value has a confidence, and of which year it is. */
export const SURENESS: Record<string, { confidence: RegExp; year: (year: number) => RegExp }> = {
  en: { confidence: /confidence/i, year: (year) => new RegExp(`as of ${year}\\b`) },
  es: { confidence: /confiabilidad/i, year: (year) => new RegExp(`(con|los) datos (son )?de ${year}\\b`) },
  pt: { confidence: /confiabilidade/i, year: (year) => new RegExp(`(com|os) dados (são )?de ${year}\\b`) },
  fr: { confidence: /fiabilité/i, year: (year) => new RegExp(`données de ${year}\\b`) },
  ht: { confidence: /nivo konfyans/i, year: (year) => new RegExp(`done ane ${year}\\b`) },
}
