// Files that come part by part: on a real database, with a real folder.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import { act } from '#kernel/database/act.ts'
import { newId } from '#kernel/id/id.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { addFile } from '#rooms/media/server/library-actions.ts'
import { keepSent, keepSentInParts } from '#rooms/media/server/sent-file.ts'
import { sweepUpload } from '#rooms/media/server/sweep-upload.ts'
import { beginUpload, claimWhole, endUpload, giveUpWhole, hasRoom, LEAST_FREE, lockUpload, MOST_A_DAY, MOST_UPLOADS, stopUpload, takePart } from '#rooms/media/server/upload-actions.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'altavoz-upload-'))
afterAll(() => rmSync(folder, { recursive: true }))
const blobs = await openBlobs(db, folder)
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (hours: number) => (now = now.add({ hours }))
const house = { db, blobs, clock: () => now, jobs: { send: async () => {} } as never }
const [ORG, OTHER] = [newId(), newId()]
for (const [id, slug] of [[ORG, 'one'], [OTHER, 'two']] as const) await db.transaction((tx) => tx.insertInto('organisation').values({ id, slug, createdAt: now } as never).execute())
const editorOf = (organisationId: string): OnDuty => ({ id: newId(), duties: [{ duty: 'editor', organisationId, lang: null }] })

const addPerson = async () => {
  const id = newId()
  await db.transaction((tx) => tx.insertInto('person').values({ id, name: 'x', signInName: id, signInKey: id, lang: 'es', createdAt: now } as never).execute())
  return { ...editorOf(ORG), id }
}
const jobs = { send: async () => {} }
const begin = (who: OnDuty, byteSize: number, organisationId: string | null = ORG) => act({ db }, (tx) => beginUpload(tx, jobs as never, who, { name: '../x<y>.jpg', byteSize, organisationId }, now))
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const part = (who: OnDuty, id: string, offset: number, bytes: Buffer, digest = digestOf(bytes)) =>
  act({ db }, async (tx) => {
    const open = await lockUpload(tx, id, who.id, now)
    return open && takePart(tx, blobs.parts, open, { offset, bytes, digest })
  })

test('a file comes part by part: a part that is damaged, early, late or too much is not taken, and what was taken is there', async () => {
  const who = await addPerson()
  const begun = await begin(who, 10)
  if (!('id' in begun)) throw new Error(begun.obstacle)
  const { id } = begun
  expect(await part(who, id, 0, Buffer.from('abcd'))).toBe(4)
  expect(await part(who, id, 4, Buffer.from('EFGH'), digestOf(Buffer.from('efgh')))).toBe(4)
  expect(await part(who, id, 6, Buffer.from('gh'))).toBe(4)
  expect(await part(who, id, 0, Buffer.from('abcd'))).toBe(4)
  expect(await part(who, id, 4, Buffer.from('efghijkl'))).toBe(4)
  expect(await part(who, id, NaN, Buffer.from('e'))).toBe(4)
  expect(await part(await addPerson(), id, 4, Buffer.from('efghij'))).toBeUndefined()
  expect(await part(who, id, 4, Buffer.from('efghij'))).toBe(10)
  expect(String(await blobs.parts.read(id))).toBe('abcdefghij')
  // Bytes that are gone are asked for again, from the first.
  await blobs.parts.remove(id)
  await act({ db }, (tx) => tx.updateTable('upload').set({ received: 4n }).where('id', '=', id).execute())
  expect(await part(who, id, 4, Buffer.from('efgh'))).toBe(0)
  expect(await part(who, id, 0, Buffer.from('abcd'))).toBe(4)
})

test('somebody sends so many files at a time and no more, for her own organisation, and what is not whole after a day is gone', async () => {
  const who = await addPerson()
  expect([await begin(who, 10, OTHER), await begin(who, 10, null), await begin(who, 0), await begin(who, 300_000_000)]).toEqual([{ obstacle: 'not-found' }, { obstacle: 'not-found' }, { obstacle: 'no-size' }, { obstacle: 'too-large' }])
  const begun = []
  for (let n = 0; n < MOST_UPLOADS; n++) begun.push(await begin(who, 10))
  expect(await begin(who, 10)).toEqual({ obstacle: 'too-many' })
  const [{ id }, other] = begun as { id: string }[] as [{ id: string }, { id: string }]
  await act({ db }, (tx) => endUpload(tx, other.id))
  await part(who, id, 0, Buffer.from('abcd'))
  await sweepUpload(house, id)
  expect(readdirSync(folder)).toContain(`.part-${id}`)
  later(25)
  expect(await part(who, id, 4, Buffer.from('efgh'))).toBeUndefined()
  await sweepUpload(house, id)
  expect(readdirSync(folder)).not.toContain(`.part-${id}`)
  expect(await db.read.selectFrom('upload').select('id').where('id', '=', id).execute()).toEqual([])
  await expect(blobs.parts.write('../../etc/x', 0, Buffer.from('x'))).rejects.toThrow()
})

test('what came in parts is kept under the hash of all its bytes, and no picture is larger than a form takes', async () => {
  const [pdf, large] = [newId(), newId()]
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000_000, 'canary ')])
  await blobs.parts.write(pdf, 0, bytes.subarray(0, 1_000_000))
  await blobs.parts.write(pdf, 1_000_000, bytes.subarray(1_000_000))
  expect(await keepSentInParts(house, pdf, 'es')).toMatchObject({ what: { kind: 'file', shown: { hash: digestOf(bytes), byteSize: bytes.byteLength, mediaType: 'application/pdf', lang: 'es' } } })
  await blobs.parts.write(large, 0, Buffer.alloc(25_000_001))
  expect([await keepSentInParts(house, large, 'es'), await keepSentInParts(house, newId(), 'es')]).toEqual([{ refused: 'too-large' }, { refused: 'damaged' }])
})

test('what somebody added within a day counts, and tomorrow she goes on', async () => {
  const who = await addPerson()
  const added = async (byteSize: number) => act({ db }, async (tx) => {
    const hash = createHash('sha256').update(newId()).digest('hex')
    await recordBlob(tx, { hash, byteSize, mediaType: 'video/mp4' }, now)
    await addFile(tx, { organisationId: ORG, name: 'a.mp4', what: { kind: 'file', shown: { hash, byteSize, mediaType: 'video/mp4', lang: 'es' } } }, who.id, now)
  })
  for (let n = 0; n < MOST_A_DAY / 200_000_000 - 1; n++) await added(200_000_000)
  const begun = await begin(who, 200_000_000)
  expect(begun).toHaveProperty('id')
  await added(10)
  expect(await begin(who, 200_000_000)).toEqual({ obstacle: 'today' })
  expect(await begin(await addPerson(), 200_000_000)).toHaveProperty('id')
  later(25)
  expect(await begin(who, 200_000_000)).toHaveProperty('id')
})

test('where the disk is nearly full nothing is taken', async () => {
  const full = { ...blobs, free: async () => LEAST_FREE + 5 }
  expect([await hasRoom(full, 5), await hasRoom(full, 6), (await blobs.free()) > 0]).toEqual([true, false, true])
  expect(await keepSent({ ...house, blobs: full }, Buffer.from('%PDF-1.7 x'), 'es')).toEqual({ refused: 'full' })
})

test('what is whole is copied once at a time, and what is stopped meanwhile counts until it is swept, with what was copied', async () => {
  const who = await addPerson()
  const begun = await begin(who, 10)
  if (!('id' in begun)) throw new Error(begun.obstacle)
  const open = () => act({ db }, (tx) => lockUpload(tx, begun.id, who.id, now))
  const claim = () => act({ db }, async (tx) => claimWhole(tx, (await lockUpload(tx, begun.id, who.id, now))!, now))
  expect([await claim(), await claim()]).toEqual([true, false])
  await act({ db }, (tx) => giveUpWhole(tx, begun.id))
  expect([await claim(), await claim()]).toEqual([true, false])
  now = now.add({ minutes: 11 })
  expect(await claim()).toBe(true)
  await act({ db }, (tx) => stopUpload(tx, begun.id))
  expect(await open()).toBeUndefined()
  for (let n = 1; n < MOST_UPLOADS; n++) await begin(who, 10)
  expect(await begin(who, 10)).toEqual({ obstacle: 'too-many' })
  const copied = await blobs.write(Buffer.from('%PDF-1.7 copied and named by nobody'))
  later(25)
  now = Temporal.Instant.compare(now, Temporal.Now.instant().add({ hours: 25 })) > 0 ? now : Temporal.Now.instant().add({ hours: 25 })
  await sweepUpload(house, begun.id)
  expect([await blobs.read(copied.hash), await begin(who, 10)]).toEqual([undefined, { id: expect.any(String) as string }])
})

test('where several pictures wait to be drawn, whoever comes next is told so, and later is served', async () => {
  const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#123456' } }).png().toBuffer()
  const kept = await Promise.all(Array.from({ length: 7 }, () => keepSent(house, bytes, 'es')))
  expect(kept.filter((one) => 'refused' in one)).toEqual([{ refused: 'busy' }, { refused: 'busy' }])
  expect(await keepSent(house, bytes, 'es')).toHaveProperty('what')
})
