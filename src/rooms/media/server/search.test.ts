// What readers type, in five languages, over texts that this test publishes: each finds what a person expects.
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { ItemFilter } from '#rooms/media/item.ts'
import { giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isGivenUp, SEARCH_TIMEOUT_MS, unlessGivenUp } from '#rooms/media/server/given-up.ts'
import { findList } from '#rooms/media/server/search-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { cancelScheduled } from '#rooms/media/server/withdrawal-actions.ts'
import { SEARCH_TEXTS } from '#rooms/media/server/testing-search-texts.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T12:00:00Z')
const later = (minutes: number) => start.add({ minutes })

async function publish(lang: string, key: string, words: { title: string; teaser: string; body: string }, from = start, regions: string[] = []) {
  const itemId = await room.item('news', start, lang)
  const { revisionId } = await act({ db }, async (tx) => {
    await giveSlug(tx, itemId, lang, key, start)
    const frozen = { ...NOTHING_FROZEN, when: '2020', regions: regions.map((place) => ({ place })) }
    return saveRevision(tx, itemId, lang, { title: words.title, teaser: words.teaser, bodyMarkdown: words.body }, frozen, 'operator', start)
  })
  await room.publish(itemId, lang, revisionId, start, from)
  return itemId
}

const find = (q: string, filter: ItemFilter, now = later(1), page = 1) =>
  db.snapshot((snapshot) => findList(snapshot, filter, q, page, now, UI_LANGS))
const slugs = async (q: string, filter: ItemFilter, now = later(1)) => (await find(q, filter, now)).list.items.map((item) => item.slug)

beforeAll(async () => {
  for (const { lang, key, ...words } of SEARCH_TEXTS) await publish(lang, key, words, start, key === 'police' ? ['UY'] : [])
})

const ASKED: [lang: string, what: string, q: string, first: string[]][] = [
  ['en', 'a word', 'police', ['police']],
  ['en', 'a plural', 'raids', ['police']],
  ['en', 'a singular of what stands in the plural', 'register', ['register']],
  ['en', 'another form', 'decriminalise', ['decrim']],
  ['en', 'American spelling', 'decriminalization', ['decrim']],
  ['en', 'the beginning of a word', 'decriminalisat', ['decrim']],
  ['en', 'the beginning of the last word', 'health exam', ['register']],
  ['en', 'two words anywhere', 'women police', ['police']],
  ['en', 'a phrase', '"health cards"', ['register']],
  ['en', 'a phrase in curly quotation marks', '“health cards”', ['register']],
  ['en', 'a phrase that stands nowhere', '"examinations health"', []],
  ['en', 'a word readers type', 'prostitution', ['decrim', 'police', 'register']],
  ['en', 'a word readers type for a person', 'prostitutes', ['police', 'register']],
  ['en', 'a law’s number', '17.515', ['register']],
  ['en', 'large letters', 'POLICE', ['police']],
  ['en', 'a name with an accent, typed without', 'bogota', ['police']],
  ['en', 'a hyphen', 'sex-worker', ['police', 'register']],
  ['en', 'a word between two notes, half of it in bold', 'ombudsperson', ['decrim']],
  ['en', 'a phrase between two notes', '"human rights came"', ['decrim']],
  ['en', 'a word of a note', 'gazette', ['decrim']],
  ['en', 'nothing', 'zeppelin', []],
  ['es', 'a word', 'policía', ['policia']],
  ['es', 'without its accent', 'policia', ['policia']],
  ['es', 'a plural', 'policías', ['policia']],
  ['es', '-ción for -ciones', 'inspección', ['registro']],
  ['es', '-cion for -ciones', 'inspeccion', ['registro']],
  ['es', '-ciones for -ción', 'detenciones', ['policia']],
  ['es', 'the verb', 'descriminalizar', ['descrim']],
  ['es', 'a word readers type', 'prostitución', ['descrim', 'policia', 'registro']],
  ['es', 'the same without accent', 'prostitucion', ['descrim', 'policia', 'registro']],
  ['es', 'a word readers type for a person', 'prostitutas', ['descrim', 'policia', 'registro']],
  ['es', 'despenalización', 'despenalización', ['descrim']],
  ['es', 'a phrase', '"carné sanitario"', ['registro']],
  ['es', 'a phrase without accents', '"carne sanitario"', ['registro']],
  ['es', 'the beginning of a word', 'descriminaliz', ['descrim']],
  ['es', 'ñ typed as n', 'ano', ['registro']],
  ['es', 'nothing', 'dirigible', []],
  ['pt', 'a word', 'polícia', ['policia-pt']],
  ['pt', 'without its accent', 'policia', ['policia-pt']],
  ['pt', '-ção for -ções', 'detenção', ['policia-pt']],
  ['pt', '-coes for -ção', 'descriminalizacoes', ['descrim-pt']],
  ['pt', 'a word readers type', 'prostituição', ['descrim-pt', 'policia-pt']],
  ['pt', 'the same without accents', 'prostituicao', ['descrim-pt', 'policia-pt']],
  ['pt', 'a person', 'prostitutas', ['descrim-pt', 'policia-pt']],
  ['pt', 'a phrase', '"direitos humanos"', ['descrim-pt']],
  ['pt', 'the beginning of a word', 'descriminaliz', ['descrim-pt']],
  ['pt', 'nothing', 'dirigível', []],
  ['fr', 'a word', 'police', ['police-fr']],
  ['fr', 'with an elision', 'l’alliance', ['depenal-fr']],
  ['fr', 'another form with accents', 'décriminaliser', ['depenal-fr']],
  ['fr', 'without accents', 'decriminalisee', ['depenal-fr']],
  ['fr', 'a word readers type', 'prostitution', ['depenal-fr', 'police-fr']],
  ['fr', 'a person', 'prostituées', ['police-fr']],
  ['fr', 'dépénalisation', 'dépénalisation', ['depenal-fr']],
  ['fr', 'a phrase', '« droits humains »', ['depenal-fr']],
  ['fr', 'œ typed as oe', 'coeur', ['police-fr']],
  ['fr', 'the beginning of a word', 'arrestat', ['police-fr']],
  ['fr', 'nothing', 'montgolfière', []],
  ['ht', 'a word', 'lapolis', ['lapolis']],
  ['ht', 'without its accent', 'travaye', ['dwa', 'lapolis']],
  ['ht', 'with its accent', 'travayè sèks', ['dwa', 'lapolis']],
  ['ht', 'a word readers type', 'pwostitisyon', ['dwa']],
  ['ht', 'a person', 'bouzen', ['dwa', 'lapolis']],
  ['ht', 'a phrase', '« dwa moun »', ['dwa']],
  ['ht', 'the beginning of a word', 'dekriminaliz', ['dwa']],
  ['ht', 'nothing', 'balon', []],
]

test.each(ASKED)('%s: %s (%s) finds what a person expects', async (lang, _what, q, expected) => {
  expect((await slugs(q, { lang })).sort()).toEqual([...expected].sort())
})

const MISSPELT: [string, string, string][] = [
  ['en', 'polise', 'police'], ['en', 'women polixe', 'women police'], ['en', '"helth cards"', '"health cards"'], ['es', 'polisia', 'policía'],
  ['es', 'descriminalisasion', 'descriminalización'], ['pt', 'descriminalizasao', 'descriminalização'],
  ['fr', 'décriminalisassion', 'décriminalisation'], ['ht', 'lapoliss', 'lapolis'], ['es', 'sanitaryo', 'sanitario'],
]

test.each(MISSPELT)('%s: %s is asked back as %s, which finds something', async (lang, q, meant) => {
  const { list } = await find(q, { lang })
  expect(list).toMatchObject({ total: 0, meant })
  expect((await find(meant, { lang })).list.total).toBeGreaterThan(0)
})

test('a likelier spelling is told also when the other filters find nothing for it, and leads past them then', async () => {
  expect((await find('polise', { lang: 'en', region: 'UY' })).list).toMatchObject({ meant: 'police', isMeantAlone: false })
  expect((await find('polise', { lang: 'en', region: 'NZ' })).list).toMatchObject({ meant: 'police', isMeantAlone: true })
})

test('what has the words in its title stands before what has them further on, and sort may say otherwise', async () => {
  expect(await slugs('register', { lang: 'en' })).toEqual(['register'])
  expect((await slugs('sex work', { lang: 'en' }))[0]).toBe('decrim')
  expect([...(await slugs('sex work', { lang: 'en', sort: 'newest' }))].reverse()).toEqual(await slugs('sex work', { lang: 'en', sort: 'oldest' }))
})

test('filters and words narrow together, and each facet is counted beside them', async () => {
  expect(await slugs('police', { lang: 'en', region: 'UY' })).toEqual(['police'])
  expect(await slugs('police', { lang: 'en', region: 'BR' })).toEqual([])
  const { facets } = await find('police', { lang: 'en', region: 'BR' })
  expect(facets.without).toEqual({ q: 0, region: 1 })
  expect(facets.regions).toEqual([['UY', 1]])
  expect(Object.fromEntries(facets.langs)).toEqual({ en: 0, es: 0, pt: 0, fr: 0, ht: 0 })
})

test('in all languages each language is asked in its own way', async () => {
  expect(await slugs('prostitution', { lang: 'en', langs: UI_LANGS })).toEqual(expect.arrayContaining(['decrim', 'police-fr']))
  expect(Object.fromEntries((await find('police', { lang: 'es' })).facets.langs)).toMatchObject({ en: 1, fr: 1, ht: 0 })
})

test('an extract shows where the words stand, with the words in their own spelling', async () => {
  const { list } = await find('inspeccion', { lang: 'es' })
  const pieces = Object.values(list.extracts ?? {})[0] ?? []
  expect(pieces.filter((piece) => piece.isHit).map((piece) => piece.text)).toEqual(['inspecciones'])
})

describe('what readers may not see yet', () => {
  test('is found by nothing and told by no guess before its hour, and found at its hour with nothing running', async () => {
    await publish('en', 'secret', { title: 'Quetzalcoatlus rises', teaser: 'A quetzalcoatlus.', body: 'Quetzalcoatlus.' }, later(60))
    for (const q of ['quetzalcoatlus', 'quetz', '"quetzalcoatlus rises"', 'quetzalcoatlas']) {
      const { list, facets } = await find(q, { lang: 'en' }, later(59))
      expect(list, q).toMatchObject({ items: [], total: 0 })
      expect(list.meant, q).toBeUndefined()
      expect(Object.values(facets.langs.map(([, n]) => n)), q).toEqual([0, 0, 0, 0, 0])
    }
    expect(await slugs('quetzalcoatlus', { lang: 'en' }, later(60))).toEqual(['secret'])
    expect((await find('quetzalcoatlas', { lang: 'en' }, later(60))).list.meant).toBe('quetzalcoatlus')
  })

  test('is found no more once it is withdrawn, nor told by a guess', async () => {
    const itemId = await publish('en', 'gone', { title: 'Axolotlcosmos', teaser: 'T.', body: 'B.' })
    expect(await slugs('axolotlcosmos', { lang: 'en' })).toEqual(['gone'])
    await room.withdraw(itemId, 'en', later(2))
    expect((await find('axolotlcosmos', { lang: 'en' }, later(3))).list).toMatchObject({ total: 0 })
    expect((await find('axolotlcosmoz', { lang: 'en' }, later(3))).list.meant).toBeUndefined()
    await act({ db }, (tx) => cancelScheduled(tx, itemId, 'en', 'operator', later(3)))
  })

  test('does not stand between a typo and the likest word that a public text has', async () => {
    await publish('en', 'axes', { title: 'Bromeliads', teaser: 'T.', body: 'Bromeliads.' })
    await publish('en', 'axed', { title: 'Bromeliada', teaser: 'T.', body: 'Bromeliada.' }, later(60))
    expect((await find('bromeliadaz', { lang: 'en' }, later(59))).list.meant).toBe('bromeliads')
    expect((await find('bromeliadaz', { lang: 'en' }, later(60))).list.meant).toBe('bromeliada')
  })

  test('a draft is not in the index at all', async () => {
    const itemId = await room.item('news', start)
    await room.save(itemId, 'en', 'Xylophonist', start)
    const { rows } = await db.read.selectFrom('searchWord').select('word').where('word', '=', 'xylophonist').execute().then((rows) => ({ rows }))
    expect(rows).toEqual([])
  })
})

test.each([
  ['<img src=x onerror=alert(1)>'], ["'"], ["':*"], ['\\'], ["a' | 'b"], ['!!&|()<->:*'], ['""'], ['"'], ['“'], ['the of and'], ['de la'], ['%_%'], ['\ud800x'.toWellFormed()],
  ['a '.repeat(100)], ['🦜🦜🦜'], ['x'.repeat(200)], ['١٢٣ العربية'], ['ﷺ'.repeat(60)], ['e\u0301'.repeat(60)], ["o'neill's"], ['1.2.3.4.5'],
])('%j gets an honest answer in every language', async (q) => {
  for (const lang of UI_LANGS) expect((await find(q, { lang, langs: UI_LANGS })).list.total).toBeGreaterThanOrEqual(0)
})

test('a search that takes too long is given up, and nothing else is taken for that', async () => {
  // Whoever holds the table makes everyone else wait, as a search for too much would.
  await db.transaction(async (tx) => {
    await sql`lock table publication in access exclusive mode`.execute(tx)
    const began = performance.now()
    expect(await unlessGivenUp('police', find('police', { lang: 'en' }))).toBeUndefined()
    expect(performance.now() - began).toBeLessThan(SEARCH_TIMEOUT_MS * 3)
  })
  expect(await slugs('police', { lang: 'en' })).toEqual(['police'])
  expect([undefined, null, new Error('x')].map(isGivenUp)).toEqual([false, false, false])
}, 20_000)

test('a guess at what was meant that takes too long is left out, and the search is answered', async () => {
  await db.transaction(async (tx) => {
    await sql`lock table search_word in access exclusive mode`.execute(tx)
    const found = await unlessGivenUp('"polisse"', find('"polisse"', { lang: 'en' }))
    expect(found?.list).toMatchObject({ total: 0 })
    expect(found?.list.meant).toBeUndefined()
  })
  expect((await find('"polisse"', { lang: 'en' })).list.meant).toBe('"police"')
}, 20_000)
