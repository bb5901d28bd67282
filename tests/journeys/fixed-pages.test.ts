// The fixed pages: press, words, corrections, organisations, calendar. Scripts off, en and es, phone and desk.
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { DESKTOP, PHONE, axe, inTextBrowser, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { writePressPage } from './press-pages.ts'

const { house, browser } = await houseAndBrowser()
const PAGES = ['press', 'words', 'corrections', 'organisations', 'calendar']
const get = async (path: string) => {
  const answer = await fetch(house.origin + path)
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' }
}
const article = (name: string, title: string) => writePressPage(name, { title, paragraphs: ['This text was made for a test. It says nothing but that it was made for a test.'] })

const fresh = Object.fromEntries(await Promise.all(PAGES.map(async (page) => [page, await get(`/en/${page}`)] as const)))

// What the pages show, made through the operator's own words.
await house.altavoz('import', article('a', 'Signed by one organisation'), article('b', 'Too early for everyone'), article('c', 'Somebody was named here'), '--publish')
await house.altavoz('withdraw', '/en/media/too-early-for-everyone', '--why', 'It went out before it was ready.')
await house.altavoz('withdraw', '/en/media/somebody-was-named-here', '--why', 'Rosa asked for it.', '--reason', 'safety')
for (const name of ['Zona A', 'Órgano B', 'Hidden D']) await house.altavoz('organisation', 'add', name, '--lang', 'es', '--place', 'UY', '--field', 'sex_work', '--about', `${name} hace una prueba.`)
await house.altavoz('organisation', 'name', 'zona-a', 'en', 'Area A')
for (const slug of ['zona-a', 'organo-b']) await house.altavoz('organisation', 'agreed', slug)
await house.altavoz('organisation', 'recognise', 'zona-a', '--basis', 'Decision of the stewards', '--on', '2026-10-12')
await house.altavoz('sign', '/en/media/signed-by-one-organisation', 'zona-a')
await house.altavoz('publish', '/en/media/signed-by-one-organisation')
await house.altavoz('site', 'press', 'add', '+51 1 555 0100', '--who', 'Guardia de prensa', '--lang', 'es', '--languages', 'es,pt', '--hours', 'mon-fri 09:00-19:00 America/Lima')
await house.altavoz('site', 'press', 'who', '+51 1 555 0100', 'en', 'Press duty')

test('in a new installation no page invents anything: each says plainly that there is nothing yet', () => {
  for (const page of PAGES) expect(fresh[page]!.status, page).toBe(200)
  expect(fresh.press!.text).toContain('have not named a press contact yet')
  expect(fresh.organisations!.text).toContain('No organisation is shown here yet')
  expect(fresh.corrections!.text).toContain('No text in this language has been corrected or withdrawn')
  expect(fresh.press!.text).not.toContain('About the alliance, to copy')
})

test.each([['en', PHONE], ['es', DESKTOP]] as const)('axe finds nothing on the fixed pages in %s, and none is wider than its window', async (lang, viewport) => {
  const found: string[] = []
  const { page, close, strays } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport })
  for (const path of [...PAGES.map((name) => `/${lang}/${name}`), `/${lang}/organisations/zona-a`, `/${lang}/corrections?page=x`]) {
    await page.goto(house.origin + path)
    found.push(...(await axe(page)).map((line) => `${path}: ${line}`))
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${path}: wider than the window`)
  }
  await close()
  expect([...found, ...strays]).toEqual([])
}, 170_000)

test.each(['en', 'es'])('with scripts off, every fixed page is reached from the foot of the front page in %s, and leads to itself in the other languages', async (lang) => {
  const { page, close } = await visit(browser, house.origin)
  for (const name of PAGES) {
    await page.goto(`${house.origin}/${lang}/`)
    await page.locator(`.foot a[href="/${lang}/${name}"]`).click()
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.locator('link[rel=alternate][hreflang=pt]').getAttribute('href')).toBe(`${house.origin}/pt/${name}`)
    await page.locator('.tongues a[hreflang=ht]').click()
    expect(new URL(page.url()).pathname).toBe(`/ht/${name}`)
  }
  expect(await (await fetch(`${house.origin}/sitemap.xml`)).text()).toContain(`<loc>${house.origin}/${lang}/words</loc>`)
  await close()
})

test.each(['en', 'es'])('in a text browser the fixed pages in %s read in order', async (lang) => {
  for (const name of PAGES) {
    const { text } = await get(`/${lang}/${name}`)
    const dumped = inTextBrowser(text, 10_000)
    const main = text.slice(text.indexOf('<main'))
    const headings = [...main.matchAll(/<h2[^>]*>(?:<[^>]+>)*([^<]{3,})</g)].map(([, heading]) => heading!)
    let at = 0
    for (const heading of headings) {
      const found = dumped.indexOf(heading, at)
      expect(found, `${name}: “${heading}”`).toBeGreaterThanOrEqual(0)
      at = found
    }
  }
})

test('journalists see whom to call, in which languages, and when, with the zone; the text to copy once there is one', async () => {
  const text = (await get('/en/press')).text
  expect(text).toContain('href="tel:+5115550100"')
  expect(text).toContain('<b>Press duty</b>')
  expect(text).toContain('Languages: Spanish and Portuguese')
  expect(text).toContain('Hours: Monday – Friday, 09:00 – 19:00 (Lima)')
  expect((await get('/es/press')).text).toContain('Horario: lunes – viernes, 09:00 – 19:00 (Lima)')
  expect((await get('/fr/press')).text).toContain('<b lang="en">Press duty</b>')
  await house.altavoz('site', 'press', 'remove', '+51 1 555 0100')
  expect((await get('/en/press')).text).not.toContain('555')
})

test('corrections list what was withdrawn with its reason, and of what was removed for safety the day alone', async () => {
  const { text } = await get('/en/corrections')
  expect(text).toContain('href="/en/media/too-early-for-everyone"')
  expect(text).toContain('Reason: It went out before it was ready.')
  expect(text).toContain('Removed for someone’s safety.')
  expect(text).not.toMatch(/somebody-was-named|Somebody was named|Rosa/)
  expect((await get('/en/media/too-early-for-everyone')).status).toBe(410)
})

test('a page that the list does not have is a 400 or a 404 that names it', async () => {
  const bad = await get('/en/corrections?page=%3Cimg%3E')
  expect([bad.status, bad.text.includes('“&lt;img>” is not a page number')]).toEqual([400, true])
  const beyond = await get('/en/corrections?page=9')
  expect([beyond.status, beyond.text.includes('There is no page 9')]).toEqual([404, true])
})

test('organisations stand in the order of the reader’s language; who did not agree is nowhere; one has its names, its recognition and what it signed', async () => {
  const { text } = await get('/es/organisations')
  const names = [...text.matchAll(/<h2><a[^>]*>([^<]+)</g)].map(([, name]) => name)
  expect(names).toEqual(['Órgano B', 'Zona A'])
  expect(text).not.toContain('Hidden')
  const hidden = await get('/es/organisations/hidden-d')
  expect(hidden).toEqual(await get('/es/organisations/never-there'))
  expect(hidden.status).toBe(404)
  const one = (await get('/en/organisations/zona-a')).text
  expect(one).toContain('Recorded by the stewards on 12 October 2026. On the basis of: Decision of the stewards')
  expect(one).toContain('href="/en/media/signed-by-one-organisation"')
  expect(one).toContain('lang="es" dir="ltr">Zona A')
  expect((await get('/en/media/signed-by-one-organisation')).text).toMatch(/<a href="\/en\/organisations\/zona-a">/)
  expect((await get('/sitemap.xml')).text).toMatch(/\/ht\/organisations\/zona-a</)
  expect((await get('/sitemap.xml')).text).not.toContain('hidden-d')
  await house.altavoz('organisation', 'agreed', 'zona-a', '--no-longer')
  expect((await get('/en/organisations/zona-a')).status).toBe(404)
  expect((await get('/en/media/signed-by-one-organisation')).text).not.toContain('/organisations/zona-a')
  expect((await get('/sitemap.xml')).text).not.toContain('zona-a')
  expect((await get('/en/organisations')).text).not.toContain('Area A')
})

test('the glossary is defined terms with an address each, and says in Creole that nobody has read it yet', async () => {
  const { text } = await get('/es/words')
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)![1]!)
  expect(data['@type']).toBe('DefinedTermSet')
  for (const term of data.hasDefinedTerm) expect(text).toContain(`id="${new URL(term['@id']).hash.slice(1)}"`)
  expect((await get('/ht/words')).text).toContain('Yon moun ki pale kreyòl poko revize')
})

test('the file of one event and the calendar know it by one id, in every language', async () => {
  const events = (text: string) => new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]).getAllSubcomponents('vevent')
  const valueOf = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name))
  const ids = new Set<string>()
  for (const lang of ['en', 'es']) {
    const { text: list } = await get(`/${lang}/media?kind=event`)
    const path = new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`).exec(list)![1]!
    const { text, type, status } = await get(`${path}/event.ics`)
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8'])
    const [own, ...others] = events(text)
    expect(others).toEqual([])
    expect(valueOf(own!, 'url')).toBe(house.origin + path)
    expect(events((await get(`/${lang}/calendar.ics`)).text).map((event) => valueOf(event, 'uid'))).toContain(valueOf(own!, 'uid'))
    ids.add(valueOf(own!, 'uid'))
  }
  expect(ids.size).toBe(1)
})

test('the calendar file is an iCalendar that a library reads', async () => {
  const { text, type, status } = await get('/en/calendar.ics')
  expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8'])
  const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]])
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  expect((await get('/en/calendar')).text).toContain('href="/en/calendar.ics"')
})
