// Whoever guesses the address of a text that waits must learn nothing: not that it exists, not in which language, not when.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePressPage } from './press-pages.ts'
import { askRaw, bytesOf } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const LANGS = ['en', 'es', 'pt', 'fr', 'ht']
const IN_AN_HOUR = Temporal.Now.instant().add({ hours: 1 }).toString()
/** Words that stand in waiting texts alone. */
const SECRET = /quetzal/i

let house: RunningHouse
/** Every public address that could tell of a text, as it answered before the texts that wait were written. */
let places: string[] = []
let before: string[] = []
const answers = () => Promise.all(places.map(async (path) => bytesOf(await askRaw(house.origin, path))))

beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
  const shown = writePressPage('shown', { title: 'A text that is shown', when: '7 May 2022', paragraphs: ['These words are public, and the next ones are not yet decided.'] })
  await house.altavoz('import', shown, '--publish')
  places = [
    '/sitemap.xml', '/robots.txt', '/en/media/a-text-that-is-shown', '/en/media?region=UY', '/en/media?kind=statement', '/en/media?from=2022&to=2022',
    '/en/media?from=none', '/en/media/feed.atom?region=UY', '/en/media/feed.rss', '/es/media/feed.json', '/news-sitemap.xml', '/api/v1/items?lang=en', '/api/v1/items?lang=es', ...LANGS.flatMap((lang) => [`/${lang}/`, `/${lang}/media`, `/${lang}/media/feed.atom`]),
  ]
  before = await answers()

  // A draft, a text for an hour to come, a translation for an hour to come, and new words for a text that is shown.
  await house.altavoz('import', writePressPage('draft', { title: 'Quetzal in a draft', paragraphs: ['The quetzal of the draft.'] }))
  await house.altavoz('import', writePressPage('embargoed', { title: 'Quetzal at its hour', paragraphs: ['The quetzal of the embargo.'] }))
  await house.altavoz('publish', '/en/media/quetzal-at-its-hour', '--at', IN_AN_HOUR)
  await house.altavoz('import', '--lang', 'es', writePressPage('es', { title: 'Quetzal en español', paragraphs: ['El quetzal que espera su hora.'] }))
  await house.altavoz('publish', '/es/media/quetzal-en-espanol', '--at', IN_AN_HOUR)
  writeFileSync(shown, readFileSync(shown, 'utf8').replace('not yet decided', 'about the quetzal'))
  await house.altavoz('import', shown)
  await house.altavoz('publish', '/en/media/a-text-that-is-shown', '--at', IN_AN_HOUR)
}, 120_000)
afterAll(() => house?.end())

test('no list, front page, filter, feed, sitemap or page of a shown text changes by a byte while other texts wait', async () => {
  // Asked past what is kept too: a page that is made anew must say the same.
  expect(await answers()).toEqual(before)
  for (const path of places) {
    const anew = await askRaw(house.origin, path, { cookie: '__Host-altavoz=1' })
    expect(anew.status, path).toBe(200)
    expect(anew.body.toString(), path).not.toMatch(SECRET)
  }
})

/** An address that waits beside one that never was, of the same length. */
const PAIRS = [['quetzal-in-a-draft', 'quetzal-in-a-drawn'], ['quetzal-at-its-hour', 'quetzal-at-his-hour'], ['quetzal-en-espanol', 'quetzal-en-espacio']] as const
const BELOW = ['', '/', '?kind=news', '/__data.json', '/__data.json?x-sveltekit-invalidated=11', '/__dat%61.json', '/__route.js', '.html', '/card.png', '/print.pdf', '/square.png', '/story.png', '/kit.zip']

test('in every language, below it and through every door, an address that waits answers byte for byte as one that never was', async () => {
  for (const [waiting, never] of PAIRS) {
    for (const lang of LANGS) {
      for (const below of BELOW) {
        const ask = (slug: string) => askRaw(house.origin, `/${lang}/media/${slug}${below}`)
        const [one, other] = await Promise.all([ask(waiting), ask(never)])
        // A slash at the end is sent to the address without it, whether there is a text or not.
        const plain = (answer: string) => answer.replaceAll(waiting, never)
        expect(plain(bytesOf(one)), `${lang} ${waiting}${below}`).toBe(bytesOf(other))
        expect([404, 301, 308]).toContain(one.status)
        if (one.status === 404) expect(one.body.toString('latin1')).not.toMatch(SECRET)
      }
    }
  }
})

test.each([
  ['HEAD', {}, 'HEAD'], ['compressed', { 'accept-encoding': 'br' }, 'GET'], ['with a validator', { 'if-none-match': '*' }, 'GET'],
  ['past what is kept', { cookie: '__Host-altavoz=1' }, 'GET'], ['with a token', { authorization: 'Bearer anything' }, 'GET'],
  ['posted to', { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }, 'POST'],
  ['for Kit’s own client', { accept: 'application/json', 'x-sveltekit-action': 'true' }, 'GET'],
] as const)('so it does when asked for %s', async (_how, headers, method) => {
  for (const [waiting, never] of PAIRS) {
    for (const lang of ['en', 'es']) {
      const [one, other] = await Promise.all([waiting, never].map((slug) => askRaw(house.origin, `/${lang}/media/${slug}`, headers, method)))
      expect(bytesOf(one!), `${lang} ${waiting}`).toBe(bytesOf(other!))
      expect(one!.status).toBeGreaterThanOrEqual(403)
    }
  }
})

test('the data of a page that is shown is given to nobody either', async () => {
  const never = await askRaw(house.origin, '/en/-/-/-/-')
  for (const path of ['/en/media/a-text-that-is-shown/__data.json', '/en/media/__data.json', '/en/__data.json']) {
    expect(bytesOf(await askRaw(house.origin, path)), path).toBe(bytesOf(never))
  }
})

test('what was withdrawn stands nowhere but in its own notice, and what was removed for safety not even there', async () => {
  for (const [name, title] of [['gone', 'Ocelot withdrawn'], ['unsafe', 'Ocelot removed']] as const) {
    await house.altavoz('import', writePressPage(name, { title, paragraphs: [`The ocelot of ${name}.`] }), '--publish')
  }
  const list = async () => (await askRaw(house.origin, '/en/media')).body.toString()
  expect(await list()).toMatch(/ocelot/i)
  await house.altavoz('withdraw', '/en/media/ocelot-withdrawn', '--why', 'It was too early.')
  await house.altavoz('withdraw', '/en/media/ocelot-removed', '--why', 'Someone was named.', '--reason', 'safety')
  for (const path of places) expect((await askRaw(house.origin, path)).body.toString(), path).not.toMatch(/ocelot/i)
  const gone = await askRaw(house.origin, '/en/media/ocelot-withdrawn')
  expect([gone.status, /The ocelot of/.test(gone.body.toString())]).toEqual([410, false])
  expect(gone.body.toString()).toContain('It was too early.')
  const unsafe = await askRaw(house.origin, '/en/media/ocelot-removed')
  expect(unsafe.status).toBe(410)
  expect(unsafe.body.toString().replaceAll('/media/ocelot-removed', '')).not.toMatch(/ocelot|named/i)
})
