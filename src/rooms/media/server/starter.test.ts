import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { starter } from '#rooms/media/server/starter.ts'

const { db } = await testDatabase()
const folder = resolve('starter')
const now = Temporal.Instant.from('2026-11-24T03:00:00Z') // still the 23rd in Bogotá
const later = now.add({ minutes: 5 })

beforeAll(() => act({ db }, async (tx) => {
  await foundSite(tx, { zone: 'America/Bogota' }, now)
  await starter.load(tx, folder, now)
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
