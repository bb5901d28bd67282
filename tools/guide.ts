// Records the guide of the starter library: once per language, a visitor goes through the list of a real house with starter
// content, and the pictures become a silent film with its captions, beside the texts. Run it again when the list looks different.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { GUIDE_LANGS, type GuideLang, guideCaptions, PICTURES_A_SECOND } from '../starter/guide.ts'
import { openBrowser, visit } from '../tests/journeys/browser.ts'
import { type Camera, type Mark, SCREEN, walkGuide } from '../tests/journeys/guide-walk.ts'
import { runHouse } from '../tests/journeys/running-house.ts'

const FOLDER = 'starter/items/12-how-to-read-the-list'
const SHARPNESS = 1.5
/** An empty strip under the page, where captions stand without hiding what they speak about. */
const STRIP = 80
const INK = '#1b1411'
const PAPER = '#fbf4e6'
const RED = '#c8141e'
const BLUE = '#22358c'
const px = (length: number) => Math.round(length * SHARPNESS)
const SIZE = { width: px(SCREEN.width), height: px(SCREEN.height + STRIP) }

/** A ring where a finger taps; a frame round what the words speak about. They are drawn on the picture, never in the page. */
function drawn(mark: Mark): string {
  const middle = { x: mark.x + Math.min(mark.width / 2, 150), y: mark.y + mark.height / 2 }
  const box = `x="${mark.x - 6}" y="${mark.y - 6}" width="${mark.width + 12}" height="${mark.height + 12}"`
  const shape = mark.kind === 'tap'
    ? `<circle cx="${middle.x}" cy="${middle.y}" r="21" fill="${RED}" fill-opacity=".3" stroke="${PAPER}" stroke-width="7"/><circle cx="${middle.x}" cy="${middle.y}" r="21" fill="none" stroke="${RED}" stroke-width="4"/>`
    : `<rect ${box} fill="none" stroke="${PAPER}" stroke-width="8"/><rect ${box} fill="none" stroke="${BLUE}" stroke-width="3.5"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${px(SCREEN.width)}" height="${px(SCREEN.height)}" viewBox="0 0 ${SCREEN.width} ${SCREEN.height}">${shape}</svg>`
}

async function picture(page: Page, mark: Mark | undefined): Promise<Buffer> {
  const shot = await page.screenshot({ caret: 'hide', animations: 'disabled' })
  const marked = mark ? await sharp(shot).composite([{ input: Buffer.from(drawn(mark)) }]).png().toBuffer() : shot
  return sharp(marked).extend({ bottom: px(STRIP), background: INK }).png({ compressionLevel: 1 }).toBuffer()
}

/** Debian's encoder. It is given whole pictures, so many a second, and never the time: film and captions cannot drift apart. */
function encoder(file: string) {
  const program = spawn('ffmpeg', [
    '-v', 'error', '-y', '-f', 'image2pipe', '-framerate', String(PICTURES_A_SECOND), '-c:v', 'png', '-i', '-', '-an',
    '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p', '-crf', '48', '-b:v', '0', '-deadline', 'good', '-cpu-used', '2', '-g', '600', '-lag-in-frames', '25', '-tune-content', 'screen',
    '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', file,
  ], { stdio: ['pipe', 'inherit', 'inherit'] })
  const ended = new Promise<void>((done, failed) => {
    program.once('error', (error: NodeJS.ErrnoException) => {
      failed(error.code === 'ENOENT' ? new Error('The guide was not recorded: ffmpeg is missing. Install it with “apt-get install ffmpeg” and try again.') : error)
    })
    program.once('exit', (code) => { if (code === 0) done(); else failed(new Error(`ffmpeg ended with ${code}; its words stand above.`)) })
  })
  return {
    ended,
    async add(png: Buffer, times: number) {
      for (let i = 0; i < times; i++) if (!program.stdin.write(png)) await Promise.race([once(program.stdin, 'drain'), ended])
    },
    async end() {
      program.stdin.end()
      await ended
    },
  }
}

async function record(browser: Browser, origin: string, lang: GuideLang) {
  const file = join(FOLDER, `${lang}.webm`)
  const film = encoder(file)
  film.ended.catch(() => undefined) // told by whatever waits for it below
  const { page, strays, close } = await visit(browser, origin, { viewport: SCREEN, deviceScaleFactor: SHARPNESS, javaScriptEnabled: true, hasTouch: true, colorScheme: 'light', locale: lang })
  // Fonts that come too late for a first visit's text are there for a second one.
  await page.goto(`${origin}/${lang}/media`)
  await page.evaluate(() => document.fonts.ready)
  const camera: Camera = {
    shoot: async (one, seconds, mark) => film.add(await picture(one, mark), Math.round(seconds * PICTURES_A_SECOND)),
  }
  await walkGuide(page, origin, lang, camera)
  await film.end()
  await close()
  if (strays.length > 0) throw new Error(`The guide asked another site for something: ${strays.join(', ')}`)
  writeFileSync(join(FOLDER, `${lang}.vtt`), guideCaptions(lang))
  console.log(`${file}: ${SIZE.width} × ${SIZE.height}, ${Math.round(statSync(file).size / 1000)} kB`)
}

async function recordAll() {
  const house = await runHouse()
  const browser = await openBrowser()
  try {
    await house.altavoz('open')
    const only = process.argv[2]
    for (const lang of GUIDE_LANGS) if (!only || only === lang) await record(browser, house.origin, lang)
  } finally {
    await browser.close()
    await house.end()
  }
}

try {
  await recordAll()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
