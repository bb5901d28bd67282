// Haitian Creole is unknown to the machine's own tables, which answer in another language without a word. Every place and
// every month is put on a Creole page here, and no page may say one of them in English, French, Spanish or Portuguese.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeCodes, placeName } from '#kernel/place/place.ts'
import { monthName, weekdayName } from '#kernel/when/calendar.ts'
import { allPageTypes } from './page-types.ts'
import { writePressPage } from './press-pages.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const OTHERS = ['en', 'es', 'pt', 'fr']
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1)
const places = placeCodes().filter((code) => !code.includes('-'))

/** All calendar words and places of one language, as its pages print them. */
const namesIn = (lang: string) => [
  ...MONTHS.map((n) => monthName(n, lang)), ...MONTHS.slice(0, 7).map((n) => weekdayName(n, lang)), ...places.map((code) => placeName(code, lang).text),
]
/** The same word in both; every other word of theirs is foreign, also where ours should have become it by mistake. */
const ALIKE = ['avril', 'chili', 'panama', 'bahamas']
const foreign = [...new Set(OTHERS.flatMap(namesIn))].filter((name) => !ALIKE.includes(name.toLowerCase()))
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const FOREIGN = new RegExp(`(?<![\\p{L}-])(${foreign.sort((a, b) => b.length - a.length).map(escaped).join('|')})(?![\\p{L}-])`, 'u')

/** What a page says in Creole: its words and what is read aloud, without what it marks as another language. */
function saidInCreole(html: string): string {
  const spoken = html.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '').replace(/<(\w+)\b[^>]*\blang="(?!ht\b)[a-z-]+"[^>]*>[\s\S]*?<\/\1>/g, '')
  const attributes = [...spoken.matchAll(/\s(?:aria-label|title|alt|placeholder|content)="([^"]*)"/g)].map((m) => m[1])
  return `${spoken.replace(/<[^>]+>/g, ' ')} ${attributes.join(' ')}`.replace(/&#39;|&#x27;/g, '’').replace(/&amp;/g, '&').replace(/\s+/g, ' ')
}

let house: RunningHouse
beforeAll(async () => {
  house = await runHouse()
  const folder = mkdtempSync(join(tmpdir(), 'twelve-months-'))
  for (const n of MONTHS) {
    const when = `2021-${String(n).padStart(2, '0')}-15`
    writePressPage(`m${n}`, { title: `Tèks nimewo ${n}`, paragraphs: ['Tèks sa a fèt pou yon tès, li pa di anyen.'], when, region: 'Ayiti', issuer: 'Rezo tès' }, folder)
  }
  await house.altavoz('import', folder, '--lang', 'ht', '--publish')
}, 120_000)
afterAll(() => house?.end())

const get = async (path: string) => (await fetch(house.origin + path)).text()

test('the test sees a foreign word where one is', () => {
  expect(FOREIGN.test('<p>7 mai 2022</p>')).toBe(true)
  for (const word of ['May', 'août', 'Tuesday', 'mardi', 'Nouvelle-Zélande', 'Haïti', 'Brésil', 'United States']) expect(FOREIGN.test(`li di ${word}.`), word).toBe(true)

})

test('every month stands in Creole on a list and on a text', async () => {
  const list = await get('/ht/media?from=2021&to=2021')
  for (const n of MONTHS) {
    expect(list).toContain(`${monthName(n, 'ht')} 2021`)
    expect(saidInCreole(await get(`/ht/media/teks-nimewo-${n}`))).toContain(`15 ${monthName(n, 'ht')} 2021`)
  }
  expect(FOREIGN.exec(saidInCreole(list))?.[0]).toBeUndefined()
})

test('every place that can be asked for is named in Creole, or is marked as the language that it is in', async () => {
  for (const code of places) {
    const html = await get(`/ht/media?region=${code}`)
    const { text, lang } = placeName(code, 'ht')
    expect(html, code).toContain(lang === 'ht' ? text.replaceAll('&', '&amp;') : `lang="${lang}"`)
    expect(FOREIGN.exec(saidInCreole(html))?.[0], code).toBeUndefined()
  }
}, 120_000)

test('no page type, text or error speaks another language', async () => {
  const texts = [...(await get('/ht/media')).matchAll(/href="(\/ht\/media\/[a-z0-9-]+)"/g)].map((m) => m[1]!)
  expect(texts.length).toBeGreaterThan(10)
  for (const path of [...(await allPageTypes(house, 'ht')).map((one) => one.path), ...new Set(texts)]) {
    expect(FOREIGN.exec(saidInCreole(await get(path)))?.[0], `${path} speaks another language`).toBeUndefined()
  }
})
