// Nobody follows a reader: no page type, in no language, sets a cookie, runs a script, asks another server or writes her down.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DESKTOP, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { allPageTypes } from './page-types.ts'
import { askRaw } from './raw-request.ts'

const LANGS = ['en', 'es', 'pt', 'fr', 'ht']
/** Kinds of script that a browser keeps as data and never runs. */
const DATA_ONLY = ['application/ld+json']

const { house, browser } = await houseAndBrowser()

test.each(LANGS)('in %s no page type sets a cookie, runs or could run a script, or asks another server', async (lang) => {
  const { page, strays, close } = await visit(browser, house.origin, { javaScriptEnabled: true, viewport: DESKTOP })
  const refused: string[] = []
  page.on('console', (message) => refused.push(message.text()))
  page.on('pageerror', (error) => refused.push(error.message))
  for (const { name, path } of await allPageTypes(house, lang)) {
    refused.length = 0
    const answer = await page.goto(house.origin + path, { waitUntil: 'load' })
    const found = await page.evaluate((dataOnly) => ({
      scripts: [...document.scripts].filter((one) => one.src !== '' || !dataOnly.includes(one.type)).map((one) => one.outerHTML.slice(0, 100)),
      handlers: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames().filter((attribute) => /^on/i.test(attribute))),
      frames: document.querySelectorAll('iframe, object, embed, portal').length,
      // Also what only opens a line to another server, which no request shows.
      elsewhere: [...document.querySelectorAll<HTMLElement>('link[href], [src], [srcset], [poster], [data], [background], form[action], [formaction], [ping], meta[http-equiv], base')]
        .filter((one) => !(one instanceof HTMLLinkElement && /^(canonical|alternate)$/.test(one.rel)))
        .filter((one) => ['href', 'src', 'srcset', 'poster', 'data', 'background', 'action', 'formaction'].some((name) => one.hasAttribute(name) && new URL(one.getAttribute(name)!, location.href).origin !== location.origin) || one.matches('[ping], meta[http-equiv], base'))
        .map((one) => one.outerHTML.slice(0, 100)),
      programs: [...document.links].filter((one) => /^(javascript|data|vbscript):/i.test(one.protocol)).length,
      kept: [localStorage.length, sessionStorage.length],
      isWorked: navigator.serviceWorker?.controller !== undefined && navigator.serviceWorker.controller !== null,
    }), DATA_ONLY)
    expect(found, `${name} ${path}`).toEqual({ scripts: [], handlers: [], frames: 0, elsewhere: [], programs: 0, kept: [0, 0], isWorked: false })
    // What the policy refuses is told on the console: then a page asked for something that it may not.
    expect(refused.filter((line) => !/status of 4\d\d/.test(line)), `${name} ${path}`).toEqual([])
    expect((await answer!.headersArray()).filter((one) => /^(set-cookie|link|report-to|nel|reporting-endpoints|refresh)$/i.test(one.name)), path).toEqual([])
    expect(answer!.headers()['content-security-policy'], path).toMatch(/^default-src 'none';(?!.*(script-src|connect-src|\*|https?:))/)
    expect(answer!.headers()['referrer-policy'], path).toBe('same-origin')
  }
  expect(strays).toEqual([])
  expect(await page.context().cookies()).toEqual([])
  await close()
}, 120_000)

test('a link to another site sends no word of where the reader came from', async () => {
  const { page, close } = await visit(browser, house.origin)
  await page.goto(`${house.origin}/en/media?region=NZ`)
  await page.locator('.rows > li h3 a').first().click()
  const away = page.locator('a[href^="https://"]').first()
  const referrers: (string | undefined)[] = []
  await page.context().route(/^https:/, async (route) => {
    referrers.push((await route.request().allHeaders())['referer'])
    await route.fulfill({ status: 200, contentType: 'text/plain', body: '' })
  })
  await away.click()
  expect(referrers).toEqual([undefined])
  await close()
})

test('nothing that a reader asked for is written down anywhere in the house', async () => {
  const word = 'quetzalcoatlus'
  const asked = [
    `/en/media?q=${word}`, `/en/media?kind=${word}`, `/en/media?${word}=1`, `/en/media/${word}`, `/en/${word}`, `/${word}`, `/en/media/feed.atom?from=${word}`,
    `/en/media/${word}/__data.json`, `/%E0%A4%A${word}`, `/en/media?x=${word.repeat(400)}`, `/blob/${word}/x`,
  ]
  for (const path of asked) await askRaw(house.origin, path, { 'user-agent': word, 'x-forwarded-for': `203.0.113.77`, referer: `http://${word}.example/`, cookie: `a=${word}` })
  await askRaw(house.origin, `/en/media?a=${word}`, { host: `${word}.example` })
  await askRaw(house.origin, '/en/media', { 'content-type': 'text/plain' }, 'POST')
  // Whatever was committed stands in the database's log of changes at once, whether its tables were written or not.
  const files = readdirSync(house.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) => one.isFile())
  expect(files.length).toBeGreaterThan(100)
  const holds = (bytes: string) => bytes.includes(word) || bytes.includes('203.0.113.77')
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'latin1') : '') // the database takes files away
  expect(files.filter((one) => holds(read(join(one.parentPath, one.name)))).map((one) => one.name)).toEqual([])
  expect(house.printed()).toContain('altavoz ready on')
  expect(holds(house.printed())).toBe(false)
  expect(house.printed()).not.toMatch(/127\.0\.0\.1|::1/)
})
