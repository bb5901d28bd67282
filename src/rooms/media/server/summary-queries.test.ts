import { expect, test } from 'vitest'
import { testDatabase } from '#kernel/testing/database.ts'
import type { Signer } from '#rooms/media/item.ts'
import { listNewestOf, listSignedBy } from '#rooms/media/server/summary-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const start = Temporal.Instant.from('2026-11-24T15:00:00Z')
const later = (minutes: number) => start.add({ minutes })
const [A, B] = ['0193a000-0000-7000-8000-00000000000a', '0193a000-0000-7000-8000-00000000000b']
const signer = (organisationId: string): Signer => ({ organisationId, name: `Organisation ${organisationId.at(-1)}` })

async function published(title: string, signers: Signer[], when: string, from = start, lang = 'en') {
  const id = await room.item('statement', start)
  const { revisionId } = await room.save(id, lang, title, start, { signers, when, dateOf: 'published' })
  await room.publish(id, lang, revisionId, start, from)
  return id
}
const titles = async (now = later(5), lang = 'en', id = A) => (await listSignedBy(db.read, lang, id, now)).items.map((item) => item.title)

test('an organisation’s page lists what it signed as readers see it now: newest first, in this language, nothing that waits or was withdrawn', async () => {
  await published('Signed early', [signer(A), signer(B)], '2020-01-01')
  await published('Signed late', [signer(A)], '2025-01-01')
  await published('Signed by another', [signer(B)], '2025-02-01')
  await published('Firmado', [signer(A)], '2025-01-01', start, 'es')
  await published('Waiting', [signer(A)], '2026-01-01', later(60))
  const gone = await published('Withdrawn', [signer(A)], '2026-01-01')
  await room.withdraw(gone, 'en', later(1))
  expect(await titles()).toEqual(['Signed late', 'Signed early'])
  expect(await titles(later(5), 'es')).toEqual(['Firmado'])
  expect(await titles(later(5), 'en', '0193a000-0000-7000-8000-00000000000c')).toEqual([])
  expect((await listSignedBy(db.read, 'en', A, later(5))).changesAt).toEqual(later(60))
  expect(await titles(later(60))).toEqual(['Waiting', 'Signed late', 'Signed early'])
})

test('the newest texts of some kinds are no more than asked for', async () => {
  const newest = await listNewestOf(db.read, 'en', ['statement', 'press_release'], 2, later(5))
  expect(newest.items.map((item) => item.title)).toEqual(['Signed by another', 'Signed late'])
  expect((await listNewestOf(db.read, 'en', ['news'], 2, later(5))).items).toEqual([])
})
