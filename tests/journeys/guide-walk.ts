// The walk that the guide shows, in a real browser: recorded by tools/guide.ts, walked without a film by its journey.
import type { Locator, Page } from 'playwright-core'
import { GUIDE, type GuideLang, type StepName } from '../../starter/guide.ts'

export interface Mark {
  kind: 'tap' | 'about'
  x: number
  y: number
  width: number
  height: number
}

export interface Camera {
  /** The page as it stands, for so many seconds. */
  shoot(page: Page, seconds: number, mark?: Mark): Promise<void>
}

export const SCREEN = { width: 360, height: 640 }

/** What each language's starter texts hold enough of, so that each step has something to show. */
const CHOICES: Record<GuideLang, { countries: string[]; word: string; otherLang: string }> = {
  en: { countries: ['BR', 'BB'], word: 'police', otherLang: 'es' },
  es: { countries: ['BR', 'BB'], word: 'policía', otherLang: 'pt' },
  pt: { countries: ['BR', 'BB'], word: 'polícia', otherLang: 'es' },
  fr: { countries: ['HT', 'BB'], word: 'police', otherLang: 'ht' },
  ht: { countries: ['HT', 'BB'], word: 'lapolis', otherLang: 'fr' },
}

const BEFORE_TAP = 0.7
const TAP = 0.6
const SCROLL_PICTURES = 2
const A_PICTURE = 0.1
/** Where on the screen that stands which a step speaks about. */
const EYE_HEIGHT = 170

/** One visitor who goes through the list, and a camera that looks over her shoulder. */
function stage(page: Page, camera: Camera) {
  let used = 0
  const shoot = async (seconds: number, mark?: Mark) => {
    used += seconds
    await camera.shoot(page, seconds, mark)
  }
  const markOf = async (kind: Mark['kind'], what: Locator): Promise<Mark> => {
    const box = await what.boundingBox()
    if (!box) throw new Error(`the guide wants to show what is not on the page: ${what.toString()}`)
    return { kind, ...box }
  }
  const scrollTo = async (what: Locator) => {
    const box = await what.boundingBox()
    if (!box) throw new Error(`the guide wants to go to what is not on the page: ${what.toString()}`)
    if (box.y > 60 && box.y + box.height < SCREEN.height - 40) return
    const way = box.y - EYE_HEIGHT
    for (let i = 1; i <= SCROLL_PICTURES; i++) {
      await page.evaluate((by) => { scrollBy({ top: by, behavior: 'instant' }) }, way / SCROLL_PICTURES)
      await shoot(A_PICTURE)
    }
  }
  return {
    page,
    shoot,
    scrollTo,
    async showFor(seconds: number, what: Locator) {
      await scrollTo(what)
      await shoot(seconds, await markOf('about', what))
    },
    async tap(what: Locator, before = BEFORE_TAP) {
      await scrollTo(what)
      if (before > 0) await shoot(before)
      await shoot(TAP, await markOf('tap', what))
      const from = page.url()
      const leadsOn = await what.evaluate((one) => one.matches('a, button'))
      await what.tap()
      if (leadsOn) await page.waitForURL((url) => url.href !== from)
      await page.evaluate(() => document.fonts.ready)
    },
    async write(what: Locator, words: string) {
      for (let end = 1; end <= words.length; end++) {
        await what.fill(words.slice(0, end))
        await shoot(A_PICTURE)
      }
    },
    /** What is left of a step's time, on what stands there or on the whole page. */
    async rest(seconds: number, what?: Locator) {
      if (what) await scrollTo(what)
      const left = Math.round((seconds - used) * 10) / 10
      if (left <= 0) throw new Error(`a step of the guide takes ${used.toFixed(1)} s, longer than its ${seconds} s`)
      await shoot(left, what && (await markOf('about', what)))
      used = 0
    },
  }
}

type Stage = ReturnType<typeof stage>
interface Walk extends Stage { lang: GuideLang; list: string }

const fold = ({ page }: Stage) => page.locator('.fold > summary')
const count = ({ page }: Stage) => page.locator('.state [role=status]')

/** A step does its part and answers with what the rest of its time is spent on. */
const STEPS: Record<StepName, (walk: Walk) => Promise<Locator | undefined>> = {
  async list({ page, list }) {
    await page.goto(list)
    return undefined
  },
  count: async (walk) => count(walk),
  umbrella: async ({ page }) => page.locator('.rows .when', { has: page.locator('time b') }).first(),
  async unsure({ page, showFor }) {
    await showFor(2, page.locator('.rows .when', { has: page.locator('.rib[stroke-dasharray]') }).first())
    return page.locator('.key')
  },
  async filters(walk) {
    await walk.page.evaluate(() => { scrollTo({ top: 0, behavior: 'instant' }) })
    await walk.tap(fold(walk))
    return walk.page.locator('.fold .facet').first()
  },
  async kind(walk) {
    await walk.tap(walk.page.locator('.facet a[href*="kind=news"]'))
    return count(walk)
  },
  async chip(walk) {
    const chip = walk.page.locator('.chips a').first()
    await walk.showFor(1.2, chip)
    await walk.tap(chip, 0)
    return count(walk)
  },
  async region(walk) {
    await walk.tap(fold(walk), 0.2)
    const offered = CHOICES[walk.lang].countries.map((code) => walk.page.locator(`.facet a[href*="region=${code}"]`))
    let country = offered[0]!
    for (const one of offered.toReversed()) if (await one.isVisible()) country = one
    await walk.tap(country, 0.3)
    return walk.page.locator('.rows > li .facts > .soft').first()
  },
  async dates(walk) {
    await walk.page.goto(walk.list)
    await walk.tap(fold(walk), 0.2)
    await walk.scrollTo(walk.page.locator('#from'))
    await walk.write(walk.page.locator('#from'), '2002')
    await walk.write(walk.page.locator('#to'), '2003')
    await walk.tap(walk.page.locator('form.facet button'), 0.2)
    return walk.page.locator('.rows .when').first()
  },
  async search(walk) {
    await walk.page.goto(walk.list)
    await walk.write(walk.page.locator('#q'), CHOICES[walk.lang].word)
    await walk.tap(walk.page.locator('form.find button'), 0.2)
    return walk.page.locator('.rows mark').first()
  },
  async languages(walk) {
    await walk.page.goto(walk.list)
    const { otherLang } = CHOICES[walk.lang]
    await walk.tap(walk.page.locator(`.rows li .facts a[hreflang="${otherLang}"]`).first())
    return undefined
  },
  async feed(walk) {
    await walk.page.goto(walk.list)
    return walk.page.locator('.state a[href*="feed.atom"]')
  },
}

/** Goes through every step of the guide; a step that finds nothing to show fails. */
export async function walkGuide(page: Page, origin: string, lang: GuideLang, camera: Camera): Promise<void> {
  const walk: Walk = { ...stage(page, camera), lang, list: `${origin}/${lang}/media` }
  for (const { name, seconds } of GUIDE) {
    const what = await STEPS[name](walk)
    await walk.rest(seconds, what)
  }
}
