import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { canonicalWords } from '#rooms/people/organisation-editing.ts'
import type { OrganisationWords } from '#rooms/people/organisation.ts'
import { endDuty } from '#rooms/people/server/duty-actions.ts'
import { findPerson } from '#rooms/people/server/duty-queries.ts'
import { addOrganisationAs, editOrganisationAs, setShownAs } from '#rooms/people/server/organisation-editing-actions.ts'
import { findOrganisation, findShownOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { addPerson } from '#rooms/people/server/testing/add-person.ts'
import { twiceAtOnce } from '#rooms/people/server/testing/in-turn.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const words: OrganisationWords = { texts: { es: { name: 'Organización A', shortName: 'OA', about: 'Acompaña.' }, pt: { name: 'Organização A', shortName: null, about: '' } }, places: ['UY'], fields: ['sex_work'], links: ['https://a.example/'] }
let count = 0
const person = (duty: Parameters<typeof addPerson>[1]) => act({ db }, (tx) => addPerson(tx, duty, now))
type Doer = Awaited<ReturnType<typeof person>>
const steward = await person({ duty: 'steward', organisationId: null, lang: null })
async function organisation() {
  const slug = `organisation-${++count}`
  const added = await act({ db }, (tx) => addOrganisationAs(tx, steward, slug, words, now))
  if (added === 'not-found' || !added.added) throw new Error('not added')
  return { id: added.id, slug }
}
const standing = async (id: string) => (await findOrganisation(db.read, id))!
const edit = async (who: Doer, id: string, written: OrganisationWords, drawnFrom?: string) => {
  const drawn = drawnFrom ?? canonicalWords((await findOrganisation(db.read, id)) ?? words)
  return act({ db }, (tx) => editOrganisationAs(tx, who, id, written, drawn, now))
}
const renamed = (name: string): OrganisationWords => ({ ...words, texts: { ...words.texts, es: { ...words.texts.es!, name } } })

test('stewards, and editors and delegates of the organisation itself, change it; everybody else finds nothing there', async () => {
  const [{ id }, other] = [await organisation(), await organisation()]
  const may = [steward, await person({ duty: 'editor', organisationId: id, lang: null }), await person({ duty: 'delegate', organisationId: id, lang: null })]
  for (const [n, who] of may.entries()) {
    expect(await edit(who, id, renamed(`Nombre ${n}`))).toBeNull()
    expect((await standing(id)).texts.es!.name).toBe(`Nombre ${n}`)
  }
  const mayNot = [await person({ duty: 'editor', organisationId: other.id, lang: null }), await person({ duty: 'delegate', organisationId: other.id, lang: null }),
    await person({ duty: 'translator', organisationId: id, lang: null }), await person({ duty: 'observer', organisationId: id, lang: null }), await person({ duty: 'documenter', organisationId: id, lang: null })]
  for (const who of mayNot) {
    expect(await edit(who, id, renamed('Ajena'))).toBe('not-found')
    expect(await act({ db }, (tx) => setShownAs(tx, who, id, true, now))).toBe('not-found')
  }
  for (const missing of ['019aca11-0000-7000-8000-000000000009', 'no id', '']) expect(await edit(steward, missing, words), missing).toBe('not-found')
  expect((await standing(id)).texts.es!.name).toBe('Nombre 2')
  expect(await findShownOrganisation(db.read, other.slug)).toBeUndefined()
})

test('an editor of one language changes the text of that language and nothing else, whatever she sends', async () => {
  const { id } = await organisation()
  const who = await person({ duty: 'editor', organisationId: id, lang: 'es' })
  const sent = { texts: { es: { name: 'Nueva', shortName: null, about: '' }, pt: { name: 'Nova', shortName: null, about: '' } }, places: ['AR'], fields: [], links: [] }
  expect(await edit(who, id, sent)).toBeNull()
  expect(await standing(id)).toMatchObject({ texts: { es: { name: 'Nueva' }, pt: { name: 'Organização A' } }, places: ['UY'], fields: ['sex_work'], links: ['https://a.example/'] })
  expect(await act({ db }, (tx) => setShownAs(tx, who, id, true, now)), 'nor does she speak for it').toBe('not-found')
})

test('what somebody else saved in the meantime is not written over, and when two save at once one of them is told', async () => {
  const { id } = await organisation()
  const drawn = canonicalWords(await standing(id))
  expect(await edit(steward, id, renamed('Primera'), drawn)).toBeNull()
  expect(await edit(steward, id, renamed('Segunda'), drawn)).toBe('changed-meanwhile')
  expect((await standing(id)).texts.es!.name).toBe('Primera')
  const both = canonicalWords(await standing(id))
  let turn = 0
  expect(await twiceAtOnce(db, (tx) => editOrganisationAs(tx, steward, id, renamed(`Vez ${turn++}`), both, now))).toEqual([null, 'changed-meanwhile'])
  expect((await standing(id)).texts.es!.name).toBe('Vez 0')
})

test('a duty that ended opens nothing, also when her session still says that it does', async () => {
  const { id } = await organisation()
  const who = await person({ duty: 'editor', organisationId: id, lang: null })
  const former = await person({ duty: 'steward', organisationId: null, lang: null })
  for (const one of [who, former]) {
    const [duty] = (await findPerson(db.read, one.id))!.duties
    expect(await act({ db }, (tx) => endDuty(tx, steward, one.id, duty!.id, now))).toBeNull()
    expect(await edit(one, id, renamed('Ida'))).toBe('not-found')
    expect(await act({ db }, (tx) => addOrganisationAs(tx, one, `o-${one.id}`, words, now))).toBe('not-found')
  }
})

test('whoever may change it records that it agreed to be shown, by whom, and that it no longer does', async () => {
  const { id, slug } = await organisation()
  const delegate = await person({ duty: 'delegate', organisationId: id, lang: null })
  expect(await act({ db }, (tx) => setShownAs(tx, delegate, id, true, now))).toBeNull()
  expect(await findShownOrganisation(db.read, slug)).toBeDefined()
  expect(await db.read.selectFrom('organisation').select('agreementRecordedBy').where('id', '=', id).execute()).toEqual([{ agreementRecordedBy: delegate.id }])
  expect(await act({ db }, (tx) => setShownAs(tx, delegate, id, false, now))).toBeNull()
  expect(await findShownOrganisation(db.read, slug)).toBeUndefined()
})

test('only a steward writes a new one down', async () => {
  const editor = await person({ duty: 'editor', organisationId: (await organisation()).id, lang: null })
  expect(await act({ db }, (tx) => addOrganisationAs(tx, editor, 'mine', words, now))).toBe('not-found')
})
