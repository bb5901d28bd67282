import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

// What a reader is told may depend neither on the machine's zone nor on its language: a machine in Japan must not write
// Japanese into a Creole page, nor one in Bogotá yesterday's date.
const script = `
  import { UI_LANGS } from '#kernel/language/language.ts'
  import { collator, formatNumber, listOf } from '#kernel/language/numbers.ts'
  import { monthName, weekdayName } from '#kernel/when/calendar.ts'
  import { barePhrase, formatInstant, formatInstantDay, inPhrase } from '#kernel/when/phrase.ts'
  import { firstDay, lastDay, parseWhen } from '#kernel/when/when.ts'
  import { placeName } from '#kernel/place/place.ts'
  const whens = ['', '2021', '2022-11', '2003-05-01', '2013-07/2014-03', '2026-11-24/', '2026-12-03T23:30[America/Lima]'].map(parseWhen)
  const instant = Temporal.Instant.from('2026-11-24T03:05:59Z')
  console.log(JSON.stringify(UI_LANGS.map((lang) => [
    whens.map((when) => [barePhrase(when, lang), inPhrase(when, lang), firstDay(when, 'America/Lima'), lastDay(when, 'Asia/Tokyo')]),
    [1, 2, 3, 4, 5, 6, 7].map((n) => [monthName(n, lang), weekdayName(n, lang)]),
    formatInstant(instant, lang, 'America/Lima'), formatInstantDay(instant, lang, 'UTC'),
    formatNumber(1234567, lang), listOf(['A', 'B', 'C'], lang), ['b', 'á', 'a'].sort(collator(lang).compare),
    ['419', 'JP', 'GF', 'MX-CHH'].map((code) => placeName(code, lang)),
  ])))
`
const tell = (env: Record<string, string>) =>
  execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', script], { encoding: 'utf8', env })

test('a page reads the same wherever the machine stands', () => {
  const here = tell({ TZ: 'UTC', LANG: 'C.UTF-8' })
  expect(here).toContain('premye me 2003')
  for (const TZ of ['America/Bogota', 'Pacific/Kiritimati']) {
    for (const LANG of ['ja_JP.UTF-8', 'ar_EG.UTF-8', 'en_US.UTF-8']) expect(tell({ TZ, LANG, LC_ALL: LANG }), `${TZ} ${LANG}`).toBe(here)
  }
})
