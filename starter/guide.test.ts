import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { isCaptions, kindOfAttachment } from '#rooms/media/kind-of-attachment.ts'
import { GUIDE, GUIDE_LANGS, type GuideLang, guideCaptions, guideSeconds, PICTURES_A_SECOND } from './guide.ts'

const folder = join(import.meta.dirname, 'items/12-how-to-read-the-list')
const read = (name: string) => readFileSync(join(folder, name))
const MOST_BYTES = 400_000

/** The value of an element of WebM (EBML) whose id stands once: https://www.matroska.org/technical/elements.html */
function valueOf(film: Buffer, id: string): Buffer {
  const at = film.indexOf(id, 0, 'hex') + id.length / 2
  return film.subarray(at + 1, at + 1 + (film[at]! & 0x7f))
}
const numberOf = (bytes: Buffer) => bytes.readUIntBE(0, bytes.length)
const secondsOf = (film: Buffer) => (valueOf(film, '4489').readDoubleBE(0) * numberOf(valueOf(film, '2ad7b1'))) / 1e9

const cuesOf = (captions: string) =>
  [...captions.matchAll(/^00:00:(\d\d\.\d{3}) --> 00:00:(\d\d\.\d{3})\n(.+)$/gm)].map(([, from, to, words]) => ({ from: Number(from), to: Number(to), words }))

const transcriptOf = (lang: GuideLang) => [...read(`${lang}.md`).toString().matchAll(/^\d+\. (.+)$/gm)].map(([, words]) => words)

test.each(GUIDE_LANGS)('captions, transcript and steps of the guide say the same in %s', (lang) => {
  const says = GUIDE.map((step) => step.says[lang])
  expect(isCaptions(read(`${lang}.vtt`))).toBe(true)
  expect(read(`${lang}.vtt`).toString()).toBe(guideCaptions(lang))
  expect(cuesOf(read(`${lang}.vtt`).toString()).map(({ words }) => words)).toEqual(says)
  expect(transcriptOf(lang)).toEqual(says)
})

test.each(GUIDE_LANGS)('the film in %s is a WebM without sound, light, and as long and as large as it is said to be', (lang) => {
  const film = read(`${lang}.webm`)
  expect(kindOfAttachment(film)).toEqual({ mediaType: 'video/webm', extension: 'webm' })
  expect(film.length).toBeLessThanOrEqual(MOST_BYTES)
  expect(film.indexOf('V_VP9')).toBeGreaterThan(0)
  expect(film.toString('latin1')).not.toMatch(/A_(OPUS|VORBIS)/)
  expect(secondsOf(film)).toBeCloseTo(guideSeconds, 1)
  const { film: shape } = parse(read('item.yaml').toString()) as { film: { width: number; height: number } }
  const [, width, height] = /\xb0\x82([\s\S]{2})\xba\x82([\s\S]{2})/.exec(film.toString('latin1'))!.map((bytes) => numberOf(Buffer.from(bytes.slice(-2), 'latin1')))
  expect({ width, height }).toEqual(shape)
})

test.each(GUIDE_LANGS)('every cue in %s lies inside the film, begins as the one before it ends, and leaves time to be read', (lang) => {
  const cues = cuesOf(read(`${lang}.vtt`).toString())
  const end = secondsOf(read(`${lang}.webm`))
  for (const [i, { from, to, words }] of cues.entries()) {
    expect(from).toBe(cues[i - 1]?.to ?? 0)
    expect(to).toBeLessThanOrEqual(end)
    expect(words!.length / (to - from), words).toBeLessThanOrEqual(24)
  }
})

test('each step lasts whole pictures, and the texts name the film’s length', () => {
  for (const { seconds } of GUIDE) expect(Number.isInteger(seconds * PICTURES_A_SECOND)).toBe(true)
  for (const lang of GUIDE_LANGS) expect(read(`${lang}.md`).toString()).toContain(` ${guideSeconds} `)
})
