// Somebody new to the site looks at the guide; and the list still does what the guide shows.
import { expect, inject, test } from 'vitest'
import { GUIDE, GUIDE_LANGS, guideSeconds } from '../../starter/guide.ts'
import { DESKTOP, PHONE, axe, visit } from './browser.ts'
import { SCREEN, walkGuide } from './guide-walk.ts'
import { houseAndBrowser } from './house-and-browser.ts'

const { house, browser } = await houseAndBrowser()
const PATH = '/en/media/how-to-read-the-list'

// The steps are the same in each language, and its words are looked for: every language is walked in the long form.
const walked = inject('isLong') ? GUIDE_LANGS : GUIDE_LANGS.filter((lang) => lang === 'es' || lang === 'ht')

test.each(walked)('each step of the guide in %s can be gone today, and asks no other site for anything', async (lang) => {
  const { page, strays, close } = await visit(browser, house.origin, { viewport: SCREEN, hasTouch: true, javaScriptEnabled: true })
  let seconds = 0
  await walkGuide(page, house.origin, lang, { shoot: async (_page, lasting) => { seconds += lasting } })
  expect(seconds).toBeCloseTo(guideSeconds, 5)
  expect(strays).toEqual([])
  await close()
})

test.each([['phone', PHONE], ['desk', DESKTOP]])('the film is not fetched before a tap; then it plays, with its captions (%s)', async (_where, viewport) => {
  const { page, strays, close } = await visit(browser, house.origin, { viewport, javaScriptEnabled: true, extraHTTPHeaders: { 'Save-Data': 'on' } })
  const fetched: string[] = []
  page.on('request', (request) => { if (request.url().includes('/blob/')) fetched.push(request.url()) })
  await page.goto(house.origin + PATH, { waitUntil: 'networkidle' })
  // Captions that are shown by themselves are fetched with the page; they weigh as much as a paragraph.
  expect(fetched.filter((url) => !url.endsWith('/captions.vtt'))).toEqual([])
  expect(await page.locator('.files .links').innerText()).toMatch(/WEBM, \d+ kB/i)
  expect(await axe(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  const film = page.locator('video')
  const box = (await film.boundingBox())!
  expect(box.height / box.width).toBeCloseTo(2, 1)
  const seen = await film.evaluate(async (video: HTMLVideoElement) => {
    video.muted = true
    await video.play()
    await new Promise<void>((done) => { video.addEventListener('timeupdate', () => { if (video.currentTime > 0.3) done() }) })
    const track = video.textTracks[0]!
    for (let i = 0; i < 50 && !track.cues?.length; i++) await new Promise((later) => { setTimeout(later, 100) })
    const whole = { at: video.currentTime, duration: video.duration, mode: track.mode, cues: [...(track.cues ?? [])].map((cue) => (cue as VTTCue).text) }
    video.currentTime = 30
    await new Promise((done) => { video.addEventListener('seeked', done, { once: true }) })
    return { ...whole, sought: video.currentTime }
  })
  expect(seen.at).toBeGreaterThan(0.3)
  expect(seen.duration).toBeCloseTo(guideSeconds, 1)
  expect(seen.mode).toBe('showing')
  expect(seen.cues).toEqual(GUIDE.map(({ says }) => says.en))
  expect(seen.sought).toBeGreaterThanOrEqual(30)
  expect(strays).toEqual([])
  await close()
})
