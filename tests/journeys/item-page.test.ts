// The page of one text with all that it can hold: picture, file, series, tables, notes. Scripts off, as readers have it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { DESKTOP, PHONE, axe, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
const texts: Record<'en' | 'es', { path: string; title: string }[]> = { en: [], es: [] }
const ALT = 'A red field, drawn for a test'

const get = (path: string, headers: Record<string, string> = {}) => fetch(house.origin + path, { headers, redirect: 'manual' })

beforeAll(async () => {
  for (const lang of ['en', 'es'] as const) {
    const list = await (await get(`/${lang}/media`)).text()
    const found = [...list.matchAll(new RegExp(`<h3[^>]*><a href="(/${lang}/media/[a-z0-9-]+)"[^>]*>([^<]+)<`, 'g'))]
    texts[lang] = found.map(([, path = '', title = '']) => ({ path, title }))
  }
  const file = (name: string, bytes: Buffer | string) => {
    const path = join(house.dataDir, name)
    writeFileSync(path, bytes)
    return path
  }
  const picture = file('field.png', await sharp({ create: { width: 1000, height: 600, channels: 3, background: '#c8141e' } }).png().toBuffer())
  const pdf = file('report.pdf', '%PDF-1.7\nwords')
  for (const lang of ['en', 'es'] as const) {
    const [first, second] = texts[lang]
    await house.altavoz('picture', first!.path, picture, '--alt', ALT, '--credit', 'Red X', '--licence', 'CC BY 4.0', '--publish')
    await house.altavoz('file', first!.path, pdf, '--title', 'Informe: íntegro', '--publish')
    await house.altavoz('series', 'Serie', first!.path, second!.path, '--publish')
    await house.altavoz('relate', first!.path, second!.path, '--publish')
  }
}, 240_000)

test.each([['en', PHONE], ['en', DESKTOP], ['es', PHONE], ['es', DESKTOP]] as const)('everything that a text shows is read, shared and cited without script (%s, %o)', async (lang, viewport) => {
  const [first] = texts[lang]
  const { page, strays, close } = await visit(browser, house.origin, { viewport })
  await page.goto(house.origin + first!.path)
  expect(await page.getByRole('img', { name: ALT }).isVisible()).toBe(true)
  expect(await page.getByLabel(/Text to copy|Texto para copiar/).inputValue()).toContain(house.origin + first!.path)
  expect(await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')).toContain(encodeURIComponent(house.origin + first!.path))
  expect(await page.getByRole('link', { name: /^Informe: íntegro \(PDF, .*[kK]B\)/ }).getAttribute('download')).toBe('informe-integro.pdf')
  await page.locator('a[rel=next]').click()
  expect(new URL(page.url()).pathname).toBe(texts[lang][1]!.path)
  expect(strays).toEqual([])
  await close()
}, 60_000)

test('axe finds nothing on it, it is no wider than its window, and its outline is in order', async () => {
  for (const viewport of [PHONE, DESKTOP]) {
    const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport })
    await page.goto(house.origin + texts.es[0]!.path)
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    const outline = await page.locator('article').ariaSnapshot()
    const order = [`img "${ALT}"`, 'heading "Leer en"', 'heading "Archivos"', 'heading "Serie: Serie"', 'heading "Compartir"'].map((part) => outline.indexOf(part))
    expect(order, outline).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
    await close()
  }
}, 90_000)

test('the keyboard alone reaches picture, file, the text to copy and the next part, and focus is seen', async () => {
  const { page, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport: DESKTOP })
  await page.goto(house.origin + texts.en[0]!.path)
  const reached: string[] = []
  for (let i = 0; i < 90; i++) {
    await page.keyboard.press('Tab')
    reached.push(await page.evaluate(() => {
      const at = document.activeElement!
      return getComputedStyle(at).outlineStyle === 'none' ? 'unseen' : at.className === 'pic' ? 'picture' : at.hasAttribute('download') ? 'file' : at.id === 'pass' ? 'copy' : at.getAttribute('rel') === 'next' ? 'next' : ''
    }))
  }
  expect(reached).toEqual(expect.arrayContaining(['picture', 'file', 'copy', 'next']))
  await close()
}, 60_000)

test('with every picture refused, SVG too, and without style, it says the same in words', async () => {
  const { page, close } = await visit(browser, house.origin, { viewport: PHONE })
  await page.route(/\.(svg|jpg|png|avif|webp)$/, (route) => route.abort())
  await page.route(house.origin + texts.en[0]!.path, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/<style[\s\S]*?<\/style>/, '') })
  })
  await page.goto(house.origin + texts.en[0]!.path)
  expect(await page.getByRole('img', { name: ALT }).count()).toBe(1)
  expect(await page.locator('figcaption').first().innerText()).toContain('Red X')
  await close()
}, 60_000)

test('Save-Data sends the words of a picture and nothing to fetch, from the same kept page', async () => {
  const { path } = texts.en[0]!
  await get(path)
  const [full, lean] = [await get(path), await get(path, { 'save-data': 'on' })]
  expect([full, lean].map((answer) => answer.headers.get('vary'))).toEqual(['Accept-Encoding, Save-Data', 'Accept-Encoding, Save-Data'])
  expect(lean.headers.get('etag')).not.toBe(full.headers.get('etag'))
  const [body, saved] = [await full.text(), await lean.text()]
  expect(body).toContain('<picture>')
  expect(saved).not.toMatch(/<picture|<img|<source/)
  expect(saved).toContain(`<span>${ALT}</span>`)
  // A film is asked for when it is played, not before (guide.test.ts).
  for (const [, src = ''] of body.replace(/<video[\s\S]*?<\/video>/g, '').matchAll(/(?:src|srcset)="(\/blob\/[^"]+)"/g)) {
    expect(Number((await get(src)).headers.get('content-length'))).toBeLessThanOrEqual(40_000)
  }
})

test('citation files are there in every form; a file below what is not there answers as an address that never was', async () => {
  const { path } = texts.es[0]!
  for (const [name, type, begins] of [['cite.bib', 'application/x-bibtex', '@'], ['cite.ris', 'application/x-research-info-systems', 'TY  - '], ['cite.json', 'application/vnd.citationstyles.csl+json', '[']] as const) {
    const answer = await get(`${path}/${name}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain(type)
    const body = await answer.text()
    expect(body.startsWith(begins)).toBe(true)
    expect(body).toContain(path)
    const never = await get(`/es/media/never-was/${name}`)
    expect(never.status).toBe(404)
    expect(await never.text()).toBe(await (await get('/es/media/never-was')).text())
  }
  expect((await get(`${path}/event.ics`)).status).toBe(404) // no event
})

test('its files are enclosures of each feed, with type and length', async () => {
  const feed = async (ending: string) => (await get(`/es/media/feed.${ending}`)).text()
  const url = `${house.origin}/blob/[0-9a-f]{64}/informe-integro\\.pdf`
  expect(await feed('atom')).toMatch(new RegExp(`<link href="${url}" rel="enclosure" type="application/pdf" title="Informe: íntegro" length="14"`))
  expect(await feed('rss')).toMatch(new RegExp(`<enclosure url="${url}" length="14" type="application/pdf"`))
  const attachments = JSON.parse(await feed('json')).items.flatMap((item: { attachments?: { mime_type: string }[] }) => item.attachments ?? []).filter((one: { mime_type: string }) => one.mime_type === 'application/pdf')
  expect(attachments).toEqual([{ url: expect.stringMatching(new RegExp(`^${url}$`)), mime_type: 'application/pdf', size_in_bytes: 14, title: 'Informe: íntegro' }])
})

test('a withdrawn text takes its picture, its file and its citation with it', async () => {
  const { path } = texts.en[0]!
  const body = await (await get(path)).text()
  const files = [...new Set([...body.matchAll(/"(\/blob\/[^"]+)"/g)].map(([, src]) => src!))]
  expect(files.length).toBeGreaterThan(3)
  const other = await (await get(texts.es[0]!.path)).text()
  const own = files.filter((file) => !other.includes(file))
  for (const file of files) expect((await get(file)).status, file).toBe(200)
  await house.altavoz('withdraw', path, '--why', 'It went out before it was ready.')
  // What the Spanish text shows as well stays there.
  for (const file of files) expect((await get(file)).status, file).toBe(own.includes(file) ? 404 : 200)
  expect((await get(`${path}/cite.bib`)).status).toBe(410)
  await house.altavoz('withdraw', texts.es[0]!.path, '--why', 'Salió antes de estar listo.')
  for (const file of files) expect((await get(file)).status, file).toBe(404)
}, 60_000)
