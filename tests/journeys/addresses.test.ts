// Links outlive redesigns: what each address answers, in which language, and what a closed house tells a search engine.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { m } from '#kernel/language/m.ts'
import { pageTypes } from './page-types.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const LANGS = ['en', 'es', 'pt', 'fr', 'ht'] as const

let house: RunningHouse
beforeAll(async () => {
  house = await runHouse()
}, 120_000)
afterAll(() => house?.end())

const ask = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await askRaw(house.origin, path, headers)
  return { ...answer, text: answer.body.toString(), location: answer.header('location') }
}
/** The page's translations, by language; `x-default` among them. */
const alternatesOf = (html: string) => Object.fromEntries(
  [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)].map((m) => [m[1]!, m[2]!]))
async function starterText(lang: string) {
  const path = new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`).exec((await ask(`/${lang}/media?region=NZ&kind=news`)).text)?.[1]
  if (!path) throw new Error(`no text about New Zealand in ${lang}`)
  return path
}

test('/ sends on to the best language and says that it looked at Accept-Language', async () => {
  for (const [accepted, path] of [['pt-BR, en;q=0.5', '/pt/'], ['ht', '/ht/'], ['ja', '/es/'], ['', '/es/']] as const) {
    const answer = await ask('/', { 'accept-language': accepted })
    expect([answer.status, answer.location, answer.header('etag')]).toEqual([307, path, undefined])
    expect(answer.header('vary')).toMatch(/Accept-Language/i)
  }
})

test.each(['/de/', '/de/media', '/en/nothing', '/en/media/no-such-text', '/en/desk/', '/desk/nothing', '/admin', '/.env', '/en/media/', '/EN/media', '/en/report', '/en/law'])(
  '%s is no page', async (path) => {
    const answer = await ask(path)
    // An address with a slash too many or too few leads to the one that is meant.
    if (answer.status === 308) expect((await ask(new URL(answer.location!, house.origin + path).pathname)).status).toBe(path === '/en/media/' ? 200 : 404)
    else expect(answer.status).toBe(404)
  })

test('every page names its translations, all of which stand and name the same ones', async () => {
  for (const path of ['/en/', '/en/media', '/en/about', '/en/privacy', '/en/accessibility', await starterText('en')]) {
    const named = alternatesOf((await ask(path)).text)
    expect(Object.keys(named).sort(), path).toEqual([...LANGS, 'x-default'].sort())
    for (const lang of LANGS) {
      const there = await ask(new URL(named[lang]!).pathname)
      expect(there.status, named[lang]).toBe(200)
      expect(there.text).toMatch(new RegExp(`<html[^>]* lang="${lang}"`))
      expect(there.text).toContain(`<link rel="canonical" href="${named[lang]}"`)
      expect(alternatesOf(there.text), named[lang]).toEqual(named)
    }
  }
})

test('a text says to machines what it is: JSON-LD and OpenGraph, in the words of its page', async () => {
  for (const lang of LANGS) {
    const path = await starterText(lang).catch(() => undefined)
    if (!path) continue
    const { text } = await ask(path)
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? '{}')
    const meta = (name: string) => /content="([^"]*)"/.exec(new RegExp(`<meta [^>]*(?:property|name)="${name}"[^>]*>`).exec(text)?.[0] ?? '')?.[1]
    const address = house.origin + path
    expect(data, path).toMatchObject({ '@context': 'https://schema.org', url: address, inLanguage: lang, headline: expect.stringMatching(/\S/), datePublished: expect.stringMatching(/^\d{4}-/) })
    expect(text, path).toContain(`<title>${data.headline.replaceAll('&', '&amp;')} – `)
    expect([meta('og:title'), meta('og:url'), meta('og:type'), meta('og:locale')], path).toEqual([data.headline, address, 'article', lang])
    expect([meta('description'), meta('og:description')], path).toEqual([data.description, data.description].map((one) => one.replaceAll('"', '&quot;')))
  }
})

test('every filter of the list is one of its feed, which holds the same texts', async () => {
  for (const lang of LANGS) {
    for (const filter of ['', '?kind=news', '?region=NZ', '?region=029', '?from=2002&to=2003', '?from=none', '?kind=call&region=419']) {
      const listed = [...(await ask(`/${lang}/media${filter}`)).text.replace(/<!--.*?-->/g, '').matchAll(/<h3 class="h3"><a href="([^"]+)"/g)].map((one) => one[1]!)
      const feed = await ask(`/${lang}/media/feed.atom${filter}`)
      const entries = [...feed.text.matchAll(/<entry[\s\S]*?<link href="([^"]+)"/g)].map((one) => new URL(one[1]!).pathname)
      expect(entries.sort(), `/${lang}/media/feed.atom${filter}`).toEqual(listed.sort())
    }
    expect((await ask(`/${lang}/media/feed.atom?kind=nonsense`)).status).toBe(400)
  }
  expect((await ask('/en/media/feed.atom?region=NZ')).text.match(/<entry/g)).toHaveLength(3)
})

test('a text’s address in another language leads to the one of this language', async () => {
  const [english, spanish] = [await starterText('en'), await starterText('es')]
  expect(english.slice(3)).not.toBe(spanish.slice(3))
  const moved = await ask(`/es${english.slice(3)}`)
  expect([moved.status, moved.location]).toEqual([308, spanish])
})

test('a text that a language lacks is offered in those it has, and never shown in its place', async () => {
  const single = (await pageTypes(house, 'en')).find(({ name }) => name === 'elsewhere')!.path.slice(3)
  for (const lang of ['es', 'pt', 'fr', 'ht'] as const) {
    const answer = await ask(`/${lang}${single}`)
    expect(answer.status).toBe(404)
    expect(answer.text).toContain(m.lang_missing_body({}, { locale: lang }))
    expect(answer.text).toContain(`href="/en${single}"`)
    expect(answer.text).not.toContain('It exists in English and is offered')
  }
})

test('a closed house says so on every page and asks not to be indexed; an open one does neither; closed again, both again', async () => {
  const said = async () => {
    const found: [boolean, boolean][] = []
    for (const lang of LANGS) {
      for (const path of [`/${lang}/`, `/${lang}/media`, `/${lang}/about`, await starterText(lang).catch(() => `/${lang}/`)]) {
        const { text } = await ask(path)
        found.push([text.includes(m.site_closed({}, { locale: lang })), /<meta name="robots" content="noindex"/.test(text)])
      }
    }
    const feed = (await ask('/en/media/feed.atom')).header('x-robots-tag')
    return { banner: found.map((one) => one[0]), noindex: [...found.map((one) => one[1]), feed === 'noindex'] }
  }
  const all = (is: boolean) => ({ banner: Array(20).fill(is), noindex: Array(21).fill(is) })
  expect(await said()).toEqual(all(true))
  await house.altavoz('open')
  expect(await said()).toEqual(all(false))
  await house.altavoz('close')
  expect(await said()).toEqual(all(true))
})

test('starter content is marked on lists and pages, signed by the starter library, and gone with one word, each with its notice', async () => {
  const path = await starterText('en')
  const mark = m.starter_mark({}, { locale: 'en' })
  expect((await ask('/en/media')).text).toContain(mark)
  const { text } = await ask(path)
  expect(text).toContain(mark)
  expect(text).toContain('Altavoz starter library')
  await house.altavoz('site', 'set', 'name.en', 'Alliance of the test')
  const signed = /<script type="application\/ld\+json">(.*?)<\/script>/.exec((await ask(path)).text)?.[1] ?? '{}'
  expect(JSON.parse(signed).author).toEqual([{ '@type': 'Organization', name: 'Altavoz starter library' }])
  await house.altavoz('starter', 'remove')
  expect((await ask('/en/media')).text).not.toContain(path)
  const notice = await ask(path)
  expect(notice.status).toBe(410)
  expect(notice.text).toContain('came with the program')
})
