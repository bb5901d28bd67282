import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import type { OrganisationWords } from '#rooms/people/organisation.ts'
import {
  addOrganisation, editOrganisation, endAgreementToBeShown, nameOrganisation, recordAgreementToBeShown, setLogo,
} from '#rooms/people/server/organisation-actions.ts'
import {
  findOrganisation, findShownOrganisation, listRecognisedIds, listShownOrganisations,
} from '#rooms/people/server/organisation-queries.ts'
import { endRecognition, recordRecognition } from '#rooms/people/server/recognition-actions.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const day = (text: string) => Temporal.PlainDate.from(text)
const NOBODY = '0193a000-0000-7000-8000-000000000000'
const words: OrganisationWords = {
  texts: {
    es: { name: 'Organización A', shortName: 'A', about: 'Acompaña a sus integrantes.' },
    gn: { name: 'Aty A', shortName: null, about: '' },
  },
  places: ['UY', '419'], fields: ['sex_work', 'labour_rights'], links: ['https://z.example/', 'https://a.example/'],
}

async function added(slug: string): Promise<string> {
  const outcome = await act({ db }, (tx) => addOrganisation(tx, slug, words, 'operator', now))
  if (!outcome.added) throw new Error(outcome.obstacle)
  return outcome.id
}

test('an organisation is kept as written, and readers see it only once it agreed, and no longer than it agrees', async () => {
  const id = await added('organisation-a')
  expect(await findOrganisation(db.read, id)).toEqual({
    id, slug: 'organisation-a', ...words, places: ['419', 'UY'], fields: ['labour_rights', 'sex_work'],
    logoPictureId: null, agreedToBeShownAt: null, recognition: null,
  })
  expect(await findShownOrganisation(db.read, 'organisation-a')).toBeUndefined()
  expect(await listShownOrganisations(db.read)).toEqual([])

  const dropped: string[] = []
  const house = { db, pages: { drop: (tags: string[]) => dropped.push(...tags) } }
  await act(house, (tx) => recordAgreementToBeShown(tx, id, 'operator', now))
  expect(dropped).toEqual([`organisation:${id}`, 'list:organisations'])
  expect((await findShownOrganisation(db.read, 'organisation-a'))?.texts.gn?.name).toBe('Aty A')
  expect(await listShownOrganisations(db.read)).toHaveLength(1)

  await act(house, (tx) => endAgreementToBeShown(tx, id, 'operator', now))
  expect(await findShownOrganisation(db.read, 'organisation-a')).toBeUndefined()
})

test('an edit replaces what is said, whole', async () => {
  const id = await added('organisation-b')
  const edited: OrganisationWords = { texts: { en: { name: ' B ', shortName: null, about: '' } }, places: [], fields: [], links: [] }
  expect(await act({ db }, (tx) => editOrganisation(tx, id, edited, 'operator', now))).toBeNull()
  expect(await findOrganisation(db.read, id)).toMatchObject({ texts: { en: { name: 'B' } }, places: [], fields: [], links: [] })
  expect(await act({ db }, (tx) => editOrganisation(tx, id, { ...edited, texts: {} }, 'operator', now))).toBe('no-name')
  expect(await act({ db }, (tx) => editOrganisation(tx, NOBODY, edited, 'operator', now))).toBe('not-found')
  expect(await act({ db }, (tx) => setLogo(tx, id, null, 'operator', now))).toBeNull()
})

test('a name in one more language leaves the others as they are, and what it says of itself', async () => {
  const id = await added('organisation-f')
  const name = (lang: string, text: string) =>
    act({ db }, (tx) => nameOrganisation(tx, id, lang, { name: text, shortName: ' A ' }, 'operator', now))
  expect(await name('ht', ' Òganizasyon A ')).toBeNull()
  expect(await name('es', 'Organización A y B')).toBeNull()
  expect(await name('es', ' ')).toBe('no-name')
  expect(await name('ES_419', 'x')).toBe('malformed-language')
  expect((await findOrganisation(db.read, id))?.texts).toEqual({
    gn: { name: 'Aty A', shortName: null, about: '' },
    ht: { name: 'Òganizasyon A', shortName: 'A', about: '' },
    es: { name: 'Organización A y B', shortName: 'A', about: 'Acompaña a sus integrantes.' },
  })
})

test('an address is one organisation’s', async () => {
  await added('organisation-c')
  const again = await act({ db }, (tx) => addOrganisation(tx, 'organisation-c', words, 'operator', now))
  expect(again).toEqual({ added: false, obstacle: 'slug-taken' })
  const odd = await act({ db }, (tx) => addOrganisation(tx, 'A/b', words, 'operator', now))
  expect(odd).toEqual({ added: false, obstacle: 'malformed-slug' })
})

test('recognition as sex-worker-led is a fact with a day and a basis; its end leaves it on record', async () => {
  const id = await added('organisation-d')
  const recognition = { recognisedOn: day('2026-10-12'), basis: 'Recorded by the stewards' }
  expect(await act({ db }, (tx) => recordRecognition(tx, id, { ...recognition, basis: ' ' }, 'operator', now))).toBe('no-basis')
  expect(await act({ db }, (tx) => recordRecognition(tx, id, recognition, 'operator', now))).toBeNull()
  expect(await act({ db }, (tx) => recordRecognition(tx, id, recognition, 'operator', now))).toBe('already-recognised')
  expect((await findOrganisation(db.read, id))?.recognition).toEqual({ ...recognition, decidedBy: 'stewards' })
  expect(await listRecognisedIds(db.read)).toEqual([id])

  const end = (on: string, why: string) => act({ db }, (tx) => endRecognition(tx, id, day(on), why, 'operator', now))
  expect(await end('2026-10-11', 'x')).toBe('ends-before-it-began')
  expect(await end('2026-11-24', '')).toBe('no-reason')
  expect(await end('2026-11-24', 'It asked for it')).toBeNull()
  expect(await end('2026-11-24', 'It asked for it')).toBe('not-recognised')
  expect((await findOrganisation(db.read, id))?.recognition).toBeNull()
  const kept = await db.read.selectFrom('organisationRecognition').selectAll().where('organisationId', '=', id).execute()
  expect(kept).toMatchObject([{ recordedBy: 'operator', endedWhy: 'It asked for it', endedBy: 'operator' }])
})

test('two who recognise at once write one recognition', async () => {
  const id = await added('organisation-e')
  const recognition = { recognisedOn: day('2026-10-12'), basis: 'A decision' }
  const outcomes = await Promise.all(['a', 'b', 'c'].map((actor) => act({ db }, (tx) => recordRecognition(tx, id, recognition, actor, now))))
  expect(outcomes.sort()).toEqual(['already-recognised', 'already-recognised', null])
})

test('each act leaves its entry, without a name in it', async () => {
  const entries = await db.read.selectFrom('auditEntry').selectAll().execute()
  expect(entries.map((entry) => entry.act)).toContain('record-recognition')
  expect(JSON.stringify(entries.map(({ at: _at, id: _id, ...rest }) => rest))).not.toContain('Organización')
})
