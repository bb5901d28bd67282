// bin/look: pictures of every page type at 360 and 1280 px, light and dark, in two languages and mirrored for right-to-left,
// and every page of the desk in two, as files and contact sheets. Looking is one command; `bin/look desk` takes the desk alone, and
// any regular expression those pages whose names it fits.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { DESKTOP, PHONE, openBrowser } from '../tests/journeys/browser.ts'
import { furnishDesk } from '../tests/journeys/desk-pages.ts'
import { type PageType, allPageTypes } from '../tests/journeys/page-types.ts'
import { runHouse } from '../tests/journeys/running-house.ts'

const FOLDER = 'look'
const SHEET_COLUMNS = 6

interface Shot { file: string; label: string }

/** One page for all pictures of a width, and both schemes of one visit: a context and a visit take half a second each. */
async function openPage(browser: Browser, url: string, viewport: typeof PHONE): Promise<Page> {
  const page = await (await browser.newContext({ viewport, javaScriptEnabled: true })).newPage()
  // Fonts that came too late for the first visit's text are swapped in while the picture is taken, after it was measured:
  // a shorter page then left an empty band under its foot. Later visits are drawn with them from the start.
  await page.goto(url)
  await page.evaluate(() => document.fonts.ready)
  return page
}

async function shoot(page: Page, { file }: Shot, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.screenshot({ path: `${FOLDER}/${file}`, fullPage: true })
}

async function contactSheet(browser: Browser, shots: Shot[], name: string): Promise<string> {
  const page = await (await browser.newContext({ viewport: { width: SHEET_COLUMNS * 330, height: 1000 } })).newPage()
  const cells = shots.map(({ file, label }) => {
    const picture = readFileSync(`${FOLDER}/${file}`).toString('base64')
    return `<figure><div><img src="data:image/png;base64,${picture}"></div><figcaption>${label}</figcaption></figure>`
  })
  await page.setContent(`<style>body{margin:8px;font:12px sans-serif;display:grid;grid-template-columns:repeat(${SHEET_COLUMNS},1fr);gap:8px}
    figure{margin:0}div{height:420px;overflow:hidden;border:1px solid #999}img{width:100%}</style>${cells.join('')}`)
  const path = `${FOLDER}/${name}.png`
  await page.screenshot({ path, fullPage: true })
  return path
}

/** One of a width: what is shown, in a language, perhaps turned round. */
interface Look extends PageType { kind: string; mirrored?: boolean }

async function takePictures(browser: Browser, page: Page, origin: string, looks: Look[], viewport: typeof PHONE, of: string) {
  const shots: Shot[] = []
  for (const { name, path, kind, mirrored } of looks) {
    if (only && !new RegExp(only).test(name)) continue
    await page.goto(origin + path)
    await page.evaluate(() => document.fonts.ready)
    // No right-to-left language has its texts yet: the layout is judged by turning a real page round.
    if (mirrored) await page.evaluate(() => { document.documentElement.dir = 'rtl' })
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    if (isWide) console.log(`${path} is wider than its window of ${viewport.width} px`)
    for (const scheme of ['light', 'dark'] as const) {
      const shot = { file: `${name}-${kind}-${viewport.width}-${scheme}.png`, label: `${name} · ${kind} · ${scheme}` }
      await shoot(page, shot, scheme)
      shots.push(shot)
    }
  }
  if (shots.length === 0) return
  const sheet = await contactSheet(browser, shots, `${of}-${viewport.width}`)
  console.log(`${shots.length} pictures at ${viewport.width} px, together in ${sheet}`)
}

async function publicLooks(): Promise<Look[]> {
  const looks: Look[] = []
  for (const [lang, mirrored] of [['en', false], ['es', false], ['en', true]] as const) {
    for (const type of await allPageTypes(house, lang)) looks.push({ ...type, kind: mirrored ? 'rtl' : lang, mirrored })
  }
  return looks
}

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const house = await runHouse()
const browser = await openBrowser()
const only = process.argv[2]
try {
  const looks = only?.startsWith('desk') ? [] : await publicLooks()
  const desk = await furnishDesk(house)
  for (const viewport of [PHONE, DESKTOP]) {
    if (looks.length > 0) await takePictures(browser, await openPage(browser, house.origin, viewport), house.origin, looks, viewport, 'contact')
    const deskLooks = async (lang: 'en' | 'es') => {
      const door = await openPage(browser, `${house.origin}/desk/sign-in?lang=${lang}`, viewport)
      await takePictures(browser, door, house.origin, desk.doors.map((type) => ({ ...type, path: `${type.path}?lang=${lang}`, kind: lang })), viewport, `doors-${lang}`)
      await door.context().setExtraHTTPHeaders({ cookie: desk.cookies[lang]! })
      await takePictures(browser, door, house.origin, desk.pages.map((type) => ({ ...type, kind: lang })), viewport, `desk-${lang}`)
    }
    await deskLooks('en')
    await deskLooks('es')
  }
} finally {
  await browser.close()
  await house.end()
}
writeFileSync(`${FOLDER}/README.txt`, 'Made by bin/look. Not kept in the repository.\n')
