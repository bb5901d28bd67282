import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { UI_LANGS, type UiLang } from './language.ts'
import { m } from './m.ts'

type Message = string | [{ declarations: string[]; selectors: string[]; match: Record<string, string> }]
const read = (lang: UiLang): Record<string, Message> => {
  const files = ['site', 'media', 'people'].map((room) => JSON.parse(readFileSync(`messages/${lang}/${room}.json`, 'utf8')))
  const { $schema: _, ...messages } = Object.assign({}, ...files)
  return messages
}
const messages = Object.fromEntries(UI_LANGS.map((lang) => [lang, read(lang)])) as Record<UiLang, Record<string, Message>>
const keys = Object.keys(messages.en)
const textsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message[0].match))
const everyText = UI_LANGS.flatMap((lang) =>
  keys.flatMap((key) => textsOf(messages[lang][key] ?? '').map((text) => ({ lang, key, text }))),
)

/** All inputs of a message, those it only chooses by included. */
function inputsOf(message: Message): string[] {
  const printed = textsOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))
  const declared = typeof message === 'string' ? [] : message[0].declarations.flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? [])
  return [...new Set([...printed, ...declared])].sort()
}

/** Messages that may read as in English, and why. */
const SAME_AS_ENGLISH: Record<string, [reason: string, ...langs: UiLang[]]> = {
  item_pdf: ['the name of the format', 'es', 'pt', 'fr', 'ht'],
  item_file: ['only names and brackets', 'es', 'pt', 'fr', 'ht'],
  date_mixed: ['only dates and a dash', 'es', 'pt', 'fr', 'ht'],
  date_moment: ['only dates and brackets', 'es', 'pt', 'fr', 'ht'],
  item_minutes: ['min is the sign of the unit in all', 'es', 'pt', 'fr', 'ht'],
  foot_feeds: ['Brazilians say feeds', 'pt'],
  item_share_mail: ['Brazilians say e-mail', 'pt'],
  item_kind_video: ['a word that both share', 'es'],
  nav_menu: ['a word that both share', 'pt', 'fr'],
  prv_tablet: ['Brazilians say tablet', 'pt'],
  list_pages: ['a word that both share', 'fr'],
  txt_source: ['a word that both share', 'es', 'pt', 'fr'],
  wrt_source: ['a word that both share', 'es', 'pt'],
  edt_link: ['Brazilians say link', 'pt'],
  txt_is_public: ['a word that both share', 'fr'],
  ppl_organisation: ['a word that both share', 'fr'],
  exit_neutral_title: ['a word that both share', 'fr'],
  item_notes: ['a word that both share', 'fr'],
  item_note_n: ['a word that both share', 'fr'],
  item_sources: ['a word that both share', 'fr'],
  item_source: ['a word that both share', 'fr'],
  foot_corrections: ['a word that both share', 'fr'],
  foot_organisations: ['British spelling is the French one', 'fr'],
  org_count: ['British spelling is the French one', 'fr'],
  og_no: ['a word that both share', 'es'],
  duty_at: ['only a colon between two names', 'es', 'pt', 'ht'],
  cmp_version: ['a word that both share', 'fr'],
  cmp_version_server: ['a word that both share', 'fr'],
  field_hiv: ['Brazil says HIV', 'pt'],
  field_migration: ['a word that both share', 'fr'],
  trl_notes: ['one word in both', 'fr'],
  nav_organisations: ['British spelling is the French one', 'fr'],
  log_row_organisation: ['British spelling is the French one', 'fr'],
  log_row_entry_link: ['a word that both share', 'fr'],
  log_row_session: ['a word that both share', 'fr'],
}

test('every message exists in every language, and is not empty', () => {
  for (const lang of UI_LANGS) expect(Object.keys(messages[lang]).sort(), lang).toEqual([...keys].sort())
  expect(everyText.filter(({ text }) => text.trim() === '' || text !== text.trim())).toEqual([])
})

test.each(UI_LANGS)('%s has the inputs of English', (lang) => {
  for (const key of keys) {
    expect(inputsOf(messages[lang][key] ?? ''), key).toEqual(inputsOf(messages.en[key] ?? ''))
  }
})

test('no message reads as in English, but for those that have a reason', () => {
  const same = UI_LANGS.filter((lang) => lang !== 'en').flatMap((lang) =>
    keys.filter((key) => textsOf(messages[lang][key] ?? '').join() === textsOf(messages.en[key] ?? '').join()).map((key) => `${lang} ${key}`),
  )
  const allowed = Object.entries(SAME_AS_ENGLISH).flatMap(([key, [, ...langs]]) => langs.map((lang) => `${lang} ${key}`))
  expect(same.sort()).toEqual(allowed.sort())
})

test('every counted or chosen message ends in *, so that no count prints its key', () => {
  for (const lang of UI_LANGS) {
    for (const key of keys) {
      const message = messages[lang][key]
      if (message === undefined || typeof message === 'string') continue
      const cases = Object.keys(message[0].match).map((one) => one.split(', ').map((part) => part.split('=')[1]))
      expect(cases.some((values) => values.every((value) => value === '*')), `${lang} ${key}`).toBe(true)
      const counted = message[0].declarations.some((line) => line.includes(': plural'))
      if (counted) expect(inputsOf(message), `${lang} ${key}`).toContain('number')
    }
  }
})

describe('typography', () => {
  test('no straight quotation marks, no doubled or forgotten spaces, no exclamation', () => {
    expect(everyText.filter(({ text }) => /['"]| {2}|\.\.\.|!/.test(text))).toEqual([])
  })
  test('French has its no-break spaces, and nobody else has them before a sign', () => {
    const french = everyText.filter(({ lang }) => lang === 'fr')
    expect(french.filter(({ text }) => /[^\u202f][;?]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»/.test(text))).toEqual([])
    const others = everyText.filter(({ lang }) => lang !== 'fr')
    expect(others.filter(({ text }) => /\s[;?:]/.test(text))).toEqual([])
  })
  test('Creole writes accents on e, o and a only, and French quotation marks', () => {
    const creole = everyText.filter(({ lang }) => lang === 'ht')
    expect(creole.filter(({ text }) => /[éêçùûîïâëœ“”]|«[^\u00a0]|[^\u00a0]»/i.test(text))).toEqual([])
  })
  test('gender is not written with signs that a screen reader stumbles over', () => {
    expect(everyText.filter(({ text }) => /\w[@·]\w|\w\/[oae]s?\b|\([oae]s?\)/.test(text))).toEqual([])
  })
})

describe('counting', () => {
  const count = (n: number, locale: string) => m.list_count({ count: n, number: String(n) }, { locale })
  test('none, one, some and a million in every language', () => {
    expect(UI_LANGS.map((lang) => count(0, lang))).toEqual(['Nothing found', 'No hay resultados', 'Nenhum resultado', 'Aucun résultat', 'Pa gen rezilta'])
    expect(UI_LANGS.map((lang) => count(1, lang))).toEqual(['1 item', '1 contenido', '1 conteúdo', '1 contenu', '1 kontni'])
    expect(UI_LANGS.map((lang) => count(5, lang))).toEqual(['5 items', '5 contenidos', '5 conteúdos', '5 contenus', '5 kontni'])
    expect(count(1_000_000, 'es')).toBe('1000000 contenidos')
    expect(m.item_signatures({ count: 1_000_000, number: '1 000 000' }, { locale: 'es' })).toBe('1 000 000 de firmas')
  })
  test('a dialect reads its own language, never a silent English', () => {
    expect(count(2, 'es-ar')).toBe('2 contenidos')
    expect(m.nav_search({}, { locale: 'gn' })).toBe('Buscar')
  })
})
