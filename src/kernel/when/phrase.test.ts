import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UI_LANGS, type UiLang } from '#kernel/language/language.ts'
import { anyWhen } from './any-when.ts'
import { monthName, weekdayName } from './calendar.ts'
import { barePhrase, formatDay, formatInstant, formatInstantDay, inPhrase, monthsOf } from './phrase.ts'
import { NOT_STATED, parseWhen } from './when.ts'

const must = (text: string) => parseWhen(text) ?? NOT_STATED
const bare = (text: string) => UI_LANGS.map((lang) => barePhrase(must(text), lang))
const inside = (text: string) => UI_LANGS.map((lang) => inPhrase(must(text), lang))

const MONTHS: Record<UiLang, string> = {
  en: 'January February March April May June July August September October November December',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  ht: 'janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm',
}
const WEEKDAYS: Record<UiLang, string> = {
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
  es: 'lunes martes miércoles jueves viernes sábado domingo',
  pt: 'segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo',
  fr: 'lundi mardi mercredi jeudi vendredi samedi dimanche',
  ht: 'lendi madi mèkredi jedi vandredi samdi dimanch',
}

test.each(UI_LANGS)('every month and weekday has its own name in %s', (lang) => {
  const count = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
  expect(count(12).map((month) => monthName(month, lang)).join(' ')).toBe(MONTHS[lang])
  expect(count(7).map((weekday) => weekdayName(weekday, lang)).join(' ')).toBe(WEEKDAYS[lang])
})

test('no Creole date has an English, French or Spanish month in it', () => {
  // “avril” is the same word in French and Creole.
  const foreign = new Set([...MONTHS.en.split(' '), ...MONTHS.fr.split(' '), ...MONTHS.es.split(' ')].filter((name) => name !== 'avril'))
  fc.assert(fc.property(anyWhen, (when) => {
    const words = `${barePhrase(when, 'ht')} ${inPhrase(when, 'ht')}`.split(/[^\p{L}]+/u)
    expect(words.filter((word) => foreign.has(word))).toEqual([])
  }))
})

test('dates are written as CLDR writes them, but for the first of a month', () => {
  const locales = { en: 'en-001', es: 'es-419', pt: 'pt-BR', fr: 'fr' }
  for (const [lang, locale] of Object.entries(locales)) {
    for (let month = 1; month <= 12; month++) {
      const day = new Temporal.PlainDate(2022, month, 7)
      expect(formatDay(day, lang)).toBe(day.toLocaleString(locale, { dateStyle: 'long' }))
    }
  }
})

describe('alone', () => {
  test('a date is as precise as it is known', () => {
    expect(bare('2003')).toEqual(['2003', '2003', '2003', '2003', '2003'])
    expect(bare('2022-05')).toEqual(['May 2022', 'mayo de 2022', 'maio de 2022', 'mai 2022', 'me 2022'])
    expect(bare('2022-05-07')).toEqual(['7 May 2022', '7 de mayo de 2022', '7 de maio de 2022', '7 mai 2022', '7 me 2022'])
    expect(bare('')).toEqual(['date not stated', 'fecha no indicada', 'data não informada', 'date non indiquée', 'dat la pa ekri'])
  })
  test('the first of a month is counted in Portuguese, French and Creole', () => {
    expect(bare('2022-05-01')).toEqual(['1 May 2022', '1 de mayo de 2022', '1º de maio de 2022', '1er mai 2022', 'premye me 2022'])
    expect(formatDay(Temporal.PlainDate.from('2022-05-11'), 'pt')).toBe('11 de maio de 2022')
  })
  test('a span drops what its end repeats', () => {
    expect(bare('2021-06-03/2021-06-05')).toEqual(['3 – 5 June 2021', '3 – 5 de junio de 2021', '3 – 5 de junho de 2021', '3 – 5 juin 2021', '3 – 5 jen 2021'])
    expect(bare('2021-05-30/2021-06-05')[0]).toBe('30 May – 5 June 2021')
    expect(bare('2013-07/2014-03')[0]).toBe('July 2013 – March 2014')
    expect(bare('2020/2021-05')[0]).toBe('2020 – May 2021')
    expect(bare('2021/2021')[0]).toBe('2021')
  })
  test('a moment has its hour and the city of its zone', () => {
    expect(bare('2026-12-03T10:00[America/Lima]')[1]).toBe('3 de diciembre de 2026, 10:00 (Lima)')
    expect(bare('2026-12-03T09:05[America/Port-au-Prince]')[4]).toBe('3 desanm 2026, 09:05 (Port-au-Prince)')
    expect(bare('2026-12-03T09:05[America/Argentina/Buenos_Aires]')[0]).toBe('3 December 2026, 09:05 (Buenos Aires)')
  })
})

describe('inside a sentence', () => {
  test('every precision has its own preposition', () => {
    expect(inside('2003')).toEqual(['in 2003', 'en 2003', 'em 2003', 'en 2003', 'an 2003'])
    expect(inside('2022-05')).toEqual(['in May 2022', 'en mayo de 2022', 'em maio de 2022', 'en mai 2022', 'nan mwa me 2022'])
    expect(inside('2022-05-07')).toEqual(['on 7 May 2022', 'el 7 de mayo de 2022', 'em 7 de maio de 2022', 'le 7 mai 2022', 'nan dat 7 me 2022'])
    expect(inside('2021-06-03/2021-06-05')).toEqual(['from 3 to 5 June 2021', 'del 3 al 5 de junio de 2021', 'de 3 a 5 de junho de 2021', 'du 3 au 5 juin 2021', 'soti 3 rive 5 jen 2021'])
    expect(inside('2003/')).toEqual(['since 2003', 'desde 2003', 'desde 2003', 'depuis 2003', 'depi 2003'])
    expect(inside('2021/2021')[0]).toBe('in 2021')
  })
})

test('an instant is told in the zone asked for, whatever zone the machine has', () => {
  const instant = Temporal.Instant.from('2026-11-24T03:05:59Z')
  expect(formatInstant(instant, 'en', 'America/Lima')).toBe('23 November 2026, 22:05 (Lima)')
  expect(formatInstantDay(instant, 'fr', 'UTC')).toBe('24 novembre 2026')
})

test('the canopy lights up the months that are known', () => {
  const lit = (text: string) => monthsOf(must(text))
  expect([lit(''), lit('2021'), lit('2013/2014')]).toEqual(['none', 'year', 'year'])
  expect([lit('2022-11'), lit('2003-06-28'), lit('2026-12-03T10:00[UTC]')]).toEqual([[11], [6], [12]])
  expect(lit('2013-11/2014-02')).toEqual([11, 12, 1, 2])
  expect(lit('2026-10-24/')).toEqual([10, 11, 12])
  expect(lit('2013-07/2016-03')).toHaveLength(12)
})
