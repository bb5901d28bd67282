// A reader in a hurry, on an old phone, with scripts off: from the front page to a statement, in her language.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { entryId } from '#rooms/media/feed-id.ts'
import '#rooms/media/server/tables.ts'
import { DESKTOP, PHONE, inTextBrowser, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'
import { openHouseDatabase } from './house-database.ts'

const { house, browser } = await houseAndBrowser()

describe.each([['a phone', PHONE], ['a desk', DESKTOP]])('on %s, scripts off', (_name, viewport) => {
  test('she finds a text by region, reads it and changes its language', async () => {
    const { page, strays, close } = await visit(browser, house.origin, { viewport, locale: 'es-AR' })
    await page.goto(house.origin)
    expect(new URL(page.url()).pathname).toBe('/es/')
    await page.goto(`${house.origin}/es/media?region=NZ`)
    const rows = page.locator('.rows > li h3 a')
    expect(await rows.count()).toBeGreaterThan(0)
    await rows.first().click()
    expect(new URL(page.url()).pathname).toMatch(/^\/es\/media\/[^/]+$/)
    const spanish = await page.locator('h1').innerText()
    await page.locator('.tongues a[lang="fr"]').click()
    expect(new URL(page.url()).pathname).toMatch(/^\/fr\/media\/[^/]+$/)
    expect(await page.locator('html').getAttribute('lang')).toBe('fr')
    expect(await page.locator('h1').innerText()).not.toBe(spanish)
    expect(strays).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    await close()
  })

  test('a footnote leads to its note and back', async () => {
    const { page, close } = await visit(browser, house.origin, { viewport })
    await page.goto(`${house.origin}/en/media?region=NZ`)
    await page.locator('.rows > li h3 a', { hasText: 'New Zealand' }).first().click()
    const mark = page.locator('.body sup a').first()
    const target = await mark.getAttribute('href')
    expect(target).toMatch(/^#/)
    const note = page.locator(`[id="${target?.slice(1)}"]`)
    expect(await note.count()).toBe(1)
    const back = await note.locator('a[href^="#"]').last().getAttribute('href')
    expect(await page.locator(`[id="${back?.slice(1)}"]`).count()).toBe(1)
    await close()
  })

  test('the keyboard alone reaches the content, the menu and the first text, and focus is seen', async () => {
    const { page, close } = await visit(browser, house.origin, { viewport })
    await page.goto(`${house.origin}/en/media`)
    const reached: string[] = []
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      if (!(await focused.count())) continue
      reached.push(`${await focused.evaluate((e) => e.tagName)} ${(await focused.getAttribute('href')) ?? ''}`)
      expect(await focused.evaluate((e) => getComputedStyle(e).outlineStyle)).not.toBe('none')
    }
    expect(reached[0]).toBe('A #text')
    expect(reached.some((r) => /^A \/es\/media/.test(r))).toBe(true)
    expect(reached.some((r) => /^A \/en\/media\/[a-z0-9-]+$/.test(r))).toBe(true)
    await close()
  })

  test('a bad date is a 400 page that names it and keeps the rest', async () => {
    const { page, close } = await visit(browser, house.origin, { viewport })
    const answer = await page.goto(`${house.origin}/es/media?kind=news&from=7/5/22`)
    expect(answer?.status()).toBe(400)
    expect(await page.locator('input[name="from"]').inputValue()).toBe('7/5/22')
    expect(await page.locator('[role="alert"]').innerText()).toMatch(/2022-05-07/)
    expect(await page.content()).toMatch(/kind=news|value="news"/)
    await close()
  })
})

const PAGES = ['/en/', '/en/media', '/es/media?kind=news', '/ht/', '/fr/about', '/pt/privacy', '/ht/accessibility', '/en/nothing-here']

test('no page holds an executable script, an inline handler or an address of another site that loads by itself', async () => {
  for (const path of PAGES) {
    const html = await (await fetch(house.origin + path)).text()
    for (const [, attributes] of html.matchAll(/<script\b([^>]*)>/g)) expect(attributes).toMatch(/type="application\/ld\+json"/)
    expect(html).not.toMatch(/\son[a-z]+\s*=/i)
    expect(html).not.toMatch(/<(?:img|link|source|iframe|script)[^>]+(?:src|href)="https?:\/\/(?!localhost)(?![^"]*"[^>]*rel="(?:canonical|alternate)")/i)
  }
})

test('no answer sets a cookie, and each carries a policy that runs nothing', async () => {
  for (const path of [...PAGES, '/sitemap.xml', '/en/media/feed.atom', '/robots.txt']) {
    const { headers } = await fetch(house.origin + path)
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src (?!'none')/)
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('without its style and in a text browser a page reads in order: languages, menu, title, text', async () => {
  const dumped = inTextBrowser(await (await fetch(`${house.origin}/en/media`)).text(), 80)
  const place = (text: string) => {
    const at = dumped.indexOf(text)
    expect(at, `${text} is missing from:\n${dumped.slice(0, 2000)}`).toBeGreaterThanOrEqual(0)
    return at
  }
  expect(place('Kreyòl')).toBeLessThan(place('New Zealand'))
  expect(place('Media center')).toBeLessThan(place('New Zealand'))
})

test('a Creole page holds no English or French month, weekday or country', async () => {
  const foreign = /\b(January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|lundi|mercredi|jeudi|vendredi|samedi|dimanche|New Zealand|Nouvelle-Zélande|Haiti|Haïti|Brazil|Brésil)\b/
  const list = await (await fetch(`${house.origin}/ht/media`)).text()
  const items = [...list.matchAll(/href="(\/ht\/media\/[a-z0-9-]+)"/g)].map((m) => m[1])
  expect(items.length).toBeGreaterThan(1)
  for (const path of ['/ht/', '/ht/media', '/ht/about', '/ht/privacy', ...new Set(items)]) {
    const html = await (await fetch(house.origin + path)).text()
    const own = html.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '')
      .replace(/<(\w+)\b[^>]*\blang="(?!ht)[a-z-]+"[^>]*>[\s\S]*?<\/\1>/g, '') // words marked as another language are honest
      .replace(/<[^>]+>/g, ' ')
    expect(own.match(foreign)?.[0], `${path} speaks another language`).toBeUndefined()
  }
})

test('419 is Latin America and the Caribbean in each language', async () => {
  const names = { en: 'Latin America and the Caribbean', es: 'Latinoamérica y el Caribe', pt: 'América Latina e Caribe', fr: 'Amérique latine et Caraïbes', ht: 'Amerik Latin ak Karayib' }
  for (const [lang, name] of Object.entries(names)) expect(await (await fetch(`${house.origin}/${lang}/media?region=419`)).text()).toContain(name)
})

test('a feed and its entries have valid ids that no other language, item or filter shares', async () => {
  const idsAt = async (path: string) => [...(await (await fetch(house.origin + path)).text()).matchAll(/<id>([^<]*)<\/id>/g)].map(([, id]) => id!)
  const feeds = await Promise.all([...UI_LANGS.map((lang) => `/${lang}/media/feed.atom`), '/en/media/feed.atom?kind=letter'].map(idsAt))
  const ids = feeds.flat()
  expect(ids.length).toBeGreaterThan(15)
  for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
  const kept = await openHouseDatabase(house.dataDir)
  const items = await kept.db.read.selectFrom('item').select('id').execute().finally(() => kept.close())
  expect(items.map(({ id }) => entryId(id, 'es'))).toEqual(expect.arrayContaining(feeds[UI_LANGS.indexOf('es')]!.slice(1)))
})

test('a file that no published text shows is answered byte for byte like an address that never was', async () => {
  const kept = await openHouseDatabase(house.dataDir)
  const blobs = await openBlobs(kept.db, join(house.dataDir, 'blobs'))
  const file = await blobs.write(Buffer.from('the picture of a draft'))
  await kept.db.transaction((tx) => recordBlob(tx, { ...file, mediaType: 'image/png' }, Temporal.Now.instant())).finally(() => kept.close())
  const answerAt = async (path: string) => {
    const answer = await fetch(house.origin + path)
    const { date: _, ...headers } = Object.fromEntries(answer.headers)
    return { status: answer.status, headers, text: await answer.text() }
  }
  const never = await answerAt('/never/was/here')
  expect(never.status).toBe(404)
  for (const hash of [file.hash, '0'.repeat(64)]) expect(await answerAt(`/blob/${hash}/picture.png`)).toEqual(never)
})

test.each([['a phone', { width: 360, height: 1500 }], ['a tall window', { width: 1280, height: 2400 }]])('on %s the foot ends every page, short or long', async (_name, viewport) => {
  const { page, close } = await visit(browser, house.origin, { viewport, javaScriptEnabled: true })
  for (const path of ['/en/', '/en/media', '/en/media?kind=letter', '/en/about', '/en/nothing-here']) {
    await page.goto(house.origin + path)
    const below = await page.evaluate(() => document.documentElement.scrollHeight - document.querySelector('.foot')!.getBoundingClientRect().bottom)
    expect(Math.abs(below), path).toBeLessThanOrEqual(1)
  }
  await close()
})

test('feed, sitemap, robots and security.txt are what machines expect', async () => {
  const read = async (path: string) => {
    const answer = await fetch(house.origin + path)
    expect(answer.status, path).toBe(200)
    return { type: answer.headers.get('content-type') ?? '', text: await answer.text() }
  }
  const feed = await read('/en/media/feed.atom')
  expect(feed.type).toMatch(/application\/atom\+xml/)
  expect(feed.text).toMatch(/<feed[^>]*xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/)
  expect((feed.text.match(/<entry[ >]/g) ?? []).length).toBeGreaterThan(2)
  const sitemap = await read('/sitemap.xml')
  expect(sitemap.text).toMatch(/hreflang="ht"/)
  expect(sitemap.text).toMatch(/hreflang="x-default"/)
  expect((await read('/robots.txt')).type).toMatch(/text\/plain/)
  expect((await read('/.well-known/security.txt')).text).toMatch(/^Expires: /m)
})
