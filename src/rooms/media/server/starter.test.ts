import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { formatNumber } from '#kernel/language/numbers.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { starter } from '#rooms/media/server/starter.ts'
import { countStarterData, readStarterData } from '#rooms/media/starter-counts.ts'

const { db } = await testDatabase()
const folder = resolve('starter')
const stored = mkdtempSync(join(tmpdir(), 'starter-blobs-'))
const blobs = await openBlobs(db, stored)
afterAll(() => { rmSync(stored, { recursive: true }) })
const data = (name: string) => JSON.parse(readFileSync(join(folder, 'data', name), 'utf8')) as unknown
const counts = countStarterData(readStarterData(data('laws.json'), data('evidence.json')))
const now = Temporal.Instant.from('2026-11-24T03:00:00Z') // still the 23rd in Bogotá
const later = now.add({ minutes: 5 })

beforeAll(() => act({ db }, async (tx) => {
  await foundSite(tx, { zone: 'America/Bogota' }, now)
  await starter.load(tx, { folder, blobs }, now)
}))

async function items(lang: string, at = later) {
  const { items } = await listPublishedItems(db.read, { lang }, 1, at)
  return Promise.all(items.map(async ({ slug }) => {
    const found = await findPublishedItem(db.read, lang, slug, at)
    if (found?.answer.found !== 'item') throw new Error(slug)
    return found.answer.item
  }))
}

test('every item of the starter library is public in every language that it is written in', async () => {
  for (const lang of UI_LANGS) {
    const written = readdirSync(join(folder, 'items')).filter((item) => readdirSync(join(folder, 'items', item)).includes(`${lang}.md`))
    expect(await items(lang)).toHaveLength(written.length)
  }
})

test('each is marked, signed by the starter library and never by the alliance, and shows its source', async () => {
  for (const item of (await Promise.all(UI_LANGS.map((lang) => items(lang)))).flat()) {
    expect(item).toMatchObject({ isStarter: true, issuedBy: 'Altavoz starter library', licence: 'CC BY 4.0' })
    expect(item.signers).toEqual([{ organisationId: null, name: 'Altavoz starter library' }])
    expect(item.sources.length).toBeGreaterThan(0)
    expect(item.languages.map(({ lang }) => lang)).toContain(item.lang)
    expect(item.inTranslation).toEqual([])
    for (const { id } of item.contents) expect(item.bodyHtml).toContain(`id="${id}"`)
    for (const [, note] of item.bodyHtml.matchAll(/<sup><a href="#([^"]+)"/g)) expect(item.notesHtml).toContain(`id="${note}"`)
    for (const [, back] of item.notesHtml.matchAll(/href="#([^"]+)"/g)) expect(item.bodyHtml).toContain(`id="${back}"`)
  }
})

test('an open call is open from the day of installation in the site’s zone', async () => {
  expect((await items('en')).find((item) => item.kind === 'call')?.when).toBe('2026-11-23/')
})

test('what is of the day of installation bears that day, and its counts are those of the data that come with it', async () => {
  for (const lang of UI_LANGS) {
    const release = (await items(lang)).find((item) => item.kind === 'press_release')
    expect(release).toMatchObject({ when: '2026-11-23', dateOf: 'published' })
    const { title, teaser, bodyHtml, doubt } = release!
    expect(`${title}${teaser}${bodyHtml}${doubt}`).not.toMatch(/\{\{|\}\}/)
    for (const count of [counts.law_records!, counts.works!]) expect(teaser).toContain(formatNumber(count, lang))
    for (const name of ['law_records', 'questions', 'high', 'medium', 'unverified']) expect(bodyHtml, name).toContain(`<strong>${formatNumber(counts[name]!, lang)}</strong>`)
  }
})

test('the guide has its film and its captions in each language, marked as a guide, and they are given out', async () => {
  for (const lang of UI_LANGS) {
    const guide = (await items(lang)).find((item) => item.kind === 'video')!
    expect(guide.title).toMatch(/^(Guide|Guía|Guia|Gid)\u00a0?: /)
    expect(guide).toMatchObject({ when: '2026-11-29', dateOf: 'published', regions: [{ place: '001' }] })
    const [film, ...others] = guide.files
    expect(others).toEqual([])
    expect(film).toMatchObject({ mediaType: 'video/webm', lang, shape: { width: 540, height: 1080 }, captions: { lang } })
    const asWritten = (extension: string) => readFileSync(join(folder, 'items/12-how-to-read-the-list', `${lang}.${extension}`))
    expect(await blobs.read(film!.hash)).toEqual(asWritten('webm'))
    expect(await blobs.read(film!.captions!.hash)).toEqual(asWritten('vtt'))
    expect(await blobs.find(film!.captions!.hash)).toMatchObject({ mediaType: 'text/vtt' })
    expect(await isShownByText(db.read, film!.hash, later)).toBe(true)
  }
})

test('a film that is missing stops the loading, and nothing is kept', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'starter-'))
  cpSync(folder, copy, { recursive: true })
  rmSync(join(copy, 'items/12-how-to-read-the-list/pt.webm'))
  const before = await items('pt')
  await expect(act({ db }, (tx) => starter.load(tx, { folder: copy, blobs }, later))).rejects.toThrow(/pt\.webm/)
  expect(await items('pt')).toEqual(before)
  rmSync(copy, { recursive: true })
})

test('a count that the data do not have stops the loading, and nothing is kept', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'starter-'))
  cpSync(folder, copy, { recursive: true })
  const text = join(copy, 'items/10-for-journalists/en.md')
  writeFileSync(text, readFileSync(text, 'utf8').replace('{{works_government}}', '{{works_of_kings}}'))
  const before = await items('en')
  await expect(act({ db }, (tx) => starter.load(tx, { folder: copy, blobs }, later))).rejects.toThrow('{{works_of_kings}} is no count of the starter data')
  expect(await items('en')).toEqual(before)
  rmSync(copy, { recursive: true })
})

test('its removal leaves a notice at each address, and keeps what was written since', async () => {
  const [edited, ...others] = await items('en')
  const words = { title: 'Ours now', teaser: 'T.', bodyMarkdown: 'B.' }
  await act({ db }, (tx) => saveRevision(tx, edited!.id, 'en', words, NOTHING_FROZEN, 'a-person', later))
  const removedAt = now.add({ minutes: 10 })
  const remove = () => act({ db }, (tx) => starter.remove(tx, removedAt))
  expect(await remove()).toBe(others.length)
  expect((await items('en', removedAt)).map((item) => item.id)).toEqual([edited!.id])
  const gone = await findPublishedItem(db.read, 'en', others[0]!.slug, removedAt)
  expect(gone?.answer).toMatchObject({ found: 'gone', tombstone: { at: removedAt, note: expect.stringContaining('came with the program') } })
  expect(await remove()).toBe(0)
})
