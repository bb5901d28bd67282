// A reader looks for a statement: by a word, by when, by region from above and from below, by topic; with links and forms only.
import { execFile } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { DESKTOP, PHONE, axe, visit } from './browser.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()

const IN = {
  en: { word: 'deported', stem: 'deported', typo: 'deportet', from: '2003', region: '009', part: 'about a part of it: New Zealand', wider: 'about a wider region', topic: 'Migration', prostitution: 'prostitution' },
  es: { word: 'deportadas', stem: 'deporta', typo: 'deportadaz', from: '2003', region: '009', part: 'sobre una parte: Nueva Zelanda', wider: 'sobre una región más amplia', topic: 'Migración', prostitution: 'prostitución' },
}
const NEW_ZEALAND = { en: /New Zealand/, es: /Nueva Zelanda/ }

describe.each([['a phone', PHONE], ['a desk', DESKTOP]])('on %s, scripts off', (_where, viewport) => {
  test.each(['en', 'es'] as const)('she finds a text in %s by a word, by when, by region from above and from below, and by topic', async (lang) => {
    const say = IN[lang]
    const { page, strays, close } = await visit(browser, house.origin, { viewport })
    const titles = () => page.locator('.rows > li h3 a').allInnerTexts()
    const list = `${house.origin}/${lang}/media`

    await page.goto(list)
    const all = (await titles()).length
    await page.locator('#q').fill(say.word)
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    expect(await titles()).toContainEqual(expect.stringMatching(NEW_ZEALAND[lang]))
    expect((await titles()).length).toBeLessThan(all)
    expect((await page.locator('.rows mark').allInnerTexts()).join()).toContain(say.stem)
    expect(await page.locator('#q').inputValue()).toBe(say.word)
    await page.locator('.chips a').first().click()
    expect(await titles()).toHaveLength(all)

    await page.goto(`${list}?q=${say.typo}`)
    expect(await titles()).toEqual([])
    await page.locator('main .lede a').click()
    expect(await titles()).toContainEqual(expect.stringMatching(NEW_ZEALAND[lang]))

    await page.goto(list)
    if (viewport === PHONE) await page.locator('.fold summary').first().click()
    await page.locator('#from').fill(say.from)
    await page.locator('#to').fill(say.from)
    await page.locator('form.facet button').click()
    expect(await titles()).toContainEqual(expect.stringMatching(NEW_ZEALAND[lang]))

    await page.goto(`${list}?region=${say.region}`)
    expect(await titles()).toContainEqual(expect.stringMatching(NEW_ZEALAND[lang]))
    expect(await page.locator('.rows').innerText()).toContain(say.part)
    await page.goto(`${list}?region=UY`)
    expect(await page.locator('.rows').innerText()).toContain(say.wider)

    await page.goto(list)
    if (viewport === PHONE) await page.locator('.fold summary').first().click()
    await page.locator('.facet a', { hasText: say.topic }).click()
    expect(new URL(page.url()).search).toBe('?topic=migration')
    expect(await titles()).toContainEqual(expect.stringMatching(NEW_ZEALAND[lang]))
    await page.locator('.rows h3 a', { hasText: NEW_ZEALAND[lang] }).click()
    await page.locator('.sheet a', { hasText: say.topic }).click()
    expect(new URL(page.url()).search).toBe('?topic=migration')
    expect(strays).toEqual([])
    await close()
  })
})

test.each([['phone', PHONE], ['desk', DESKTOP]])('lists and searches pass axe, their headings are in order, and each link of a facet leads to as many texts as it says (%s)', async (_where, viewport) => {
  const { page, close } = await visit(browser, house.origin, { viewport, javaScriptEnabled: true })
  for (const path of ['/en/media?q=police', '/es/media?q=prostitucion&lang=all', '/en/media?q=zeppelinz', '/es/media?kind=news&region=NZ&from=2010', `/en/media?q=${'x'.repeat(201)}`, '/ht/media?topic=human-rights&sort=oldest']) {
    await page.goto(house.origin + path)
    expect(await axe(page), path).toEqual([])
    const levels = await page.locator('h1,h2,h3,h4').evaluateAll((all) => all.map((one) => Number(one.tagName[1])))
    expect(levels[0], path).toBe(1)
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0), `${path}: ${levels.join()}`).toBeLessThanOrEqual(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than its window`).toBe(true)
  }
  await page.goto(`${house.origin}/en/media?q=sex work&region=419`)
  const links = await page.locator('.fold .facet li > a:not([aria-current])').evaluateAll((all) => all.map((one) => [one.getAttribute('href')!, one.querySelector('.num')!.textContent!]))
  expect(links.length).toBeGreaterThan(5)
  for (const [href, n] of links) {
    await page.goto(house.origin + href)
    expect(await page.locator('.state .p').innerText(), href).toMatch(new RegExp(`^${n} `))
  }
  await close()
})

test('a merged topic leads on, with the other filters kept', async () => {
  await house.altavoz('topic', 'add', 'visas', 'Visas', '--lang', 'en')
  await house.altavoz('topic', 'name', 'visas', 'es', 'Visas')
  await house.altavoz('topic', 'merge', 'visas', 'migration')
  const answer = await fetch(`${house.origin}/en/media?topic=visas&kind=news`, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([308, '/en/media?kind=news&topic=migration'])
  expect(await house.altavoz('topic', 'list')).toContain('visas  → migration')
})

test.each([
  ['/en/media?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E', 200], ['/en/media?q=%00%00police', 200], ['/en/media?q=%ED%A0%80police', 200],
  [`/en/media?q=${'x'.repeat(200)}`, 200], [`/en/media?q=${'x'.repeat(201)}`, 400], ['/en/media?topic=nothing-such', 400], ['/en/media?lang=xx', 400],
  ['/en/media?sort=loudest', 400], ['/en/media?sort=relevance', 400],
])('%s is answered honestly, and never kept', async (path, status) => {
  const answer = await fetch(house.origin + path)
  expect(answer.status).toBe(status)
  const html = await answer.text()
  expect(html).not.toMatch(/<img|\0/)
  if (status === 400) expect(html).toContain('role="alert"')
})

test('thirty heavy searches at once get an answer or an honest refusal, while a page that is kept goes on; none is written down', async () => {
  const hot = `${house.origin}/en/media`
  await (await fetch(hot)).text()
  const heavy = Array.from({ length: 30 }, (_, i) => fetch(`${house.origin}/en/media?lang=all&q=${encodeURIComponent(`heavyword${i} s* the "sex work" or law health polise helth trabajo dereco zzz yyyy`)}`).then(async (answer) => {
    await answer.text()
    return answer.status
  }))
  const waits: number[] = []
  for (let i = 0; i < 20; i++) {
    const began = performance.now()
    expect((await fetch(hot)).status).toBe(200)
    waits.push(performance.now() - began)
  }
  const statuses = await Promise.all(heavy)
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0)
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(500)
  const seen = await new Promise<string>((done) => execFile('grep', ['-rlaE', 'heavyword[0-9]', house.dataDir], (_error, out) => done(out)))
  expect(seen + (house.printed().includes('heavyword') ? 'printed' : '')).toBe('')
})
