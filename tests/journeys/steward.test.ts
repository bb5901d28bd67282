// A steward arranges the house: which links stand at the head of its pages, and where readers get the program's source.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { destinations } from '#destinations.ts'
import { UI_LANGS, type UiLang } from '#kernel/language/language.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

let house: RunningHouse
beforeAll(async () => {
  house = await runHouse()
}, 120_000)
afterAll(() => house?.end())

const get = async (path: string) => {
  const answer = await fetch(house.origin + path)
  return { status: answer.status, text: await answer.text() }
}
const menuOf = (html: string) => {
  const [nav = ''] = /<nav .*?<\/nav>/s.exec(html.slice(html.indexOf('class="rooms"'))) ?? []
  return [...nav.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href, text]) => `${href} ${text}`)
}
const footOf = (html: string) => /<footer.*?<\/footer>/s.exec(html)?.[0] ?? ''
const PAGES = UI_LANGS.flatMap((lang) => ['/', '/media', '/about', '/nothing-here'].map((path) => `/${lang}${path}`))
const pages = async () => Promise.all(PAGES.map(async (path) => (await get(path)).text))

const WORDS: Record<UiLang, { home: string; media: string; about: string; privacy: string; source: string }> = {
  en: { home: 'Home', media: 'Media center', about: 'About us', privacy: 'Privacy', source: 'Source code' },
  es: { home: 'Inicio', media: 'Centro de medios', about: 'Quiénes somos', privacy: 'Privacidad', source: 'Código fuente' },
  pt: { home: 'Início', media: 'Central de mídia', about: 'Quem somos', privacy: 'Privacidade', source: 'Código-fonte' },
  fr: { home: 'Accueil', media: 'Espace médias', about: 'Qui nous sommes', privacy: 'Vie privée', source: 'Code source' },
  ht: { home: 'Akèy', media: 'Sant medya', about: 'Ki moun nou ye', privacy: 'Vi prive', source: 'Kòd sous' },
}

test('the menu is the same in every language, in its own words; set, it changes every page, and given back, none', async () => {
  const before = await pages()
  for (const lang of UI_LANGS) {
    expect(menuOf((await get(`/${lang}/media`)).text)).toEqual([`/${lang}/media ${WORDS[lang].media}`, `/${lang}/about ${WORDS[lang].about}`])
  }
  await house.altavoz('site', 'set', 'menu', 'privacy,home,media')
  for (const lang of UI_LANGS) {
    const { home, media, privacy } = WORDS[lang]
    expect(menuOf((await get(`/${lang}/media`)).text)).toEqual([`/${lang}/privacy ${privacy}`, `/${lang}/ ${home}`, `/${lang}/media ${media}`])
  }
  expect((await get('/en/')).text).toMatch(/<a href="\/en\/" aria-current="page">Home</)
  const after = await pages()
  after.forEach((page, i) => expect(page, PAGES[i]).not.toBe(before[i]))
  await expect(house.altavoz('site', 'set', 'menu', 'media,law')).rejects.toThrow(/The menu can lead to home, media, press, .*, accessibility\./)
  expect(await pages()).toEqual(after)
  await house.altavoz('site', 'set', 'menu', '')
  expect(await pages()).toEqual(before)
})

test('wherever a menu can lead, there is a page in every language', async () => {
  for (const { path } of destinations) {
    for (const lang of UI_LANGS) expect((await get(`/${lang}${path}`)).status, `/${lang}${path}`).toBe(200)
  }
})

test('the source code of the program is a link at the foot of every page, and nothing else of a page changes', async () => {
  const before = await pages()
  await house.altavoz('site', 'set', 'source', 'https://git.example.org/altavoz?branch=ours&raw=1')
  const after = await pages()
  after.forEach((page, i) => {
    const lang = PAGES[i]!.slice(1, 3) as UiLang
    const link = `<li><a href="https://git.example.org/altavoz?branch=ours&amp;raw=1">${WORDS[lang].source}</a></li>`
    expect(footOf(page), PAGES[i]).toContain(link)
    expect(page.replace(link, ''), PAGES[i]).toBe(before[i])
  })
  await expect(house.altavoz('site', 'set', 'source', 'javascript:alert(1)')).rejects.toThrow('is not a web address')
  await house.altavoz('site', 'set', 'source', '')
  expect(await pages()).toEqual(before)
})
