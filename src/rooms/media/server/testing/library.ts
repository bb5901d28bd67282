import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll } from 'vitest'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { LibraryFile } from '#rooms/media/library.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { addFile, recordConsent, withdrawConsent } from '#rooms/media/server/library-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import { keepSent } from '#rooms/media/server/sent-file.ts'
import { showFile } from '#rooms/media/server/showing-actions.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'

/** A library on a database of its own, with what its tests do. Call it once, at the top of a test file. */
export async function openLibrary() {
  const { db } = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-library-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const blobs = await openBlobs(db, folder)
  const time = { now: Temporal.Instant.from('2026-11-24T15:00:00Z') }
  const later = (hours = 0.01) => (time.now = time.now.add({ seconds: Math.round(hours * 3600) }))
  const house = { db, blobs, clock: () => time.now, jobs: { send: async () => {} } as never }
  const zone = 'America/Bogota'
  const STEWARD: OnDuty = { id: newId(), duties: [{ duty: 'steward', organisationId: null, lang: null }] }
  const [ORG, OTHER] = [newId(), newId()]
  for (const [id, slug] of [[ORG, 'one'], [OTHER, 'two']] as const) await db.transaction((tx) => tx.insertInto('organisation').values({ id, slug, createdAt: time.now } as never).execute())
  const editorOf = (organisationId: string, duty: 'editor' | 'translator' = 'editor', lang: string | null = null): OnDuty => ({ id: newId(), duties: [{ duty, organisationId, lang }] })

  let shade = 0
  /** No two alike, and none that a JPEG makes so. */
  const picture = () => sharp({ create: { width: 300, height: 200, channels: 3, background: { r: (++shade * 37) % 256, g: (shade * 101) % 256, b: 90 } } }).png().toBuffer()
  async function added(organisationId: string | null = null, bytes?: Buffer): Promise<LibraryFile> {
    const kept = await keepSent(house, bytes ?? (await picture()), 'es')
    if ('refused' in kept) throw new Error(kept.refused)
    const id = await act({ db }, async (tx) => {
      await kept.nameBlobs(tx, time.now)
      return addFile(tx, { organisationId, name: 'marcha.jpg', what: kept.what }, 'ana', later())
    })
    return (await findFile(db.read, id))!
  }
  const GIVEN: Consent = { state: 'given', reason: '', shownIn: ['site', 'prints', 'networks'], untilOn: null, endsAt: null, faceMayBeSeen: true }
  const agree = (file: LibraryFile, more: Partial<Consent> = {}) => act({ db }, (tx) => recordConsent(tx, file, { ...GIVEN, ...more }, 'ana', later()))
  const takeBack = (file: LibraryFile) => act({ db }, async (tx) => withdrawConsent(tx, (await findFile(tx, file.id))!, 'ana', later()))

  let count = 0
  async function item(writtenIn: string | null = null) {
    const title = `Marcha ${++count}`
    const id = await act({ db }, (tx) => createItem(tx, { kind: 'news', originalLang: 'es', ...(writtenIn && { writtenIn }) }, 'ana', later()))
    await act({ db }, (tx) => saveRevision(tx, id, 'es', { title, teaser: '', bodyMarkdown: 'Palabras.' }, NOTHING_FROZEN, 'ana', time.now))
    return { id, slug: `marcha-${count}` }
  }
  const show = (itemId: string, file: LibraryFile) => act({ db }, (tx) => showFile(tx, itemId, ['es'], file, 'ana', later()))
  const letOut = async (itemId: string) => {
    const [text] = await listTextStandings(db.read, itemId, later())
    return act({ db }, (tx) => letGoOut(tx, itemId, { lang: 'es', seen: seenOf(text!), zone, nameSigners: async () => [], ledAmong: async () => [] }, 'ana', time.now))
  }
  const page = async (slug: string, at = time.now) => {
    const found = await findPublishedItem(db.read, 'es', slug, at)
    return found?.answer.found === 'item' ? { item: found.answer.item, changesAt: found.changesAt } : undefined
  }
  const largeOf = (file: LibraryFile) => (file.what.kind === 'picture' ? file.what.shown.large.hash : file.what.shown.hash)
  const isThere = (file: LibraryFile, at = time.now) => isShownByText(db.read, largeOf(file), at)
  const PDF = (text: string) => Buffer.from(`%PDF-1.7\n${text}`)
  return { db, blobs, time, later, house, zone, STEWARD, ORG, OTHER, editorOf, picture, added, GIVEN, agree, takeBack, item, show, letOut, page, largeOf, isThere, PDF }
}
