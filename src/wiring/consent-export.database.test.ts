// What an export says of the people in pictures and files, and what it leaves out.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { openSite } from '#kernel/site/server/site-actions.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { recordConsent, withdrawConsent } from '#rooms/media/server/library-actions.ts'
import { listFiles } from '#rooms/media/server/library-queries.ts'
import { isShownByText } from '#rooms/media/server/shown-blob-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import type { ShownFile } from '#rooms/media/shown.ts'
import { newFolder, openTestHouse, type TestHouse } from './testing/export-houses.ts'

const STEWARD = { id: 'ana', duties: [{ duty: 'steward' as const, organisationId: null, lang: null }] }
const filesOf = (house: TestHouse) => listFiles(house.db.read, STEWARD, { q: '' }, house.time.now)
const everythingIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => `${one.name} ${readFileSync(join(one.parentPath, one.name), 'latin1')}`).join('\n')

test('what was taken back is shown neither by a public export nor where a whole one is taken in', async () => {
  const [here, there] = [await openTestHouse(), await openTestHouse()]
  await act(here, (tx) => openSite(tx, 'operator', here.later()))
  const room = newsroom(here.db)
  const files: ShownFile[] = []
  for (const name of ['canary', 'robin']) {
    const stored = await here.house.blobs.write(Buffer.from(`%PDF-1.7\n${name}`))
    await act(here, (tx) => recordBlob(tx, { ...stored, mediaType: 'application/pdf' }, here.time.now))
    files.push({ ...stored, name: `${name}.pdf`, title: name, mediaType: 'application/pdf', lang: 'en' })
  }
  const item = await room.item('news', here.later())
  const saved = await room.save(item, 'en', 'A march', here.later(), { files })
  await room.publish(item, 'en', saved.revisionId, here.later())
  const [canary, robin] = ['canary', 'robin'].map((name) => files.find((one) => one.title === name)!.hash) as [string, string]
  const library = await filesOf(here)
  const named = (name: string) => library.find((file) => file.name === name)!
  await act(here, (tx) => recordConsent(tx, named('robin'), { state: 'not-needed', reason: 'a bird', shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false }, 'ana', here.later()))
  await act(here, (tx) => withdrawConsent(tx, named('canary'), 'ana', here.later()))

  const open = newFolder('open')
  expect((await here.export(open, { public: true })).code).toBe(0)
  expect([everythingIn(open).includes('canary'), everythingIn(open).includes('robin')]).toEqual([false, true])

  const whole = newFolder('whole')
  expect((await here.export(whole)).code).toBe(0)
  expect(everythingIn(whole)).not.toMatch(/recordedBy: ana/)
  there.time.now = here.later(60)
  const taken = await there.import(whole, { publish: true })
  expect(taken.code, taken.said.join('\n')).toBe(0)
  expect([await isShownByText(there.db.read, canary, there.later()), await isShownByText(there.db.read, robin, there.later())]).toEqual([false, true])
  expect((await filesOf(there)).map(({ name, consent }) => `${name} ${consent?.state}`).sort()).toEqual(['canary withdrawn', 'robin not-needed'])
  // Again it changes nothing, and what was recorded here since stays.
  await act(there, async (tx) => recordConsent(tx, (await filesOf(there)).find(({ name }) => name === 'canary')!, { state: 'not-needed', reason: 'x', shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false }, 'ana', there.later()))
  const rows = () => there.db.read.selectFrom('consent').select(['fileId', 'number']).orderBy('fileId').orderBy('number').execute()
  const before = await rows()
  await there.import(whole)
  expect(await rows()).toEqual(before)
})
