import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { addPressContact, changePressContact, namePressContact, removePressContact } from '#kernel/site/server/press-actions.ts'
import { contactMark } from '#kernel/site/server/press-mark.ts'
import { listPressContacts } from '#kernel/site/server/press-queries.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { MOST_CONTACTS, type PressContact } from '#kernel/site/press-contact.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const dropped: string[] = []
const house = { db, pages: { drop: (tags: string[]) => void dropped.push(...tags) } }
await act(house, (tx) => foundSite(tx, { zone: 'UTC' }, now))

const contact: PressContact = { channel: 'rosa@example.org', who: { es: 'Guardia de prensa' }, languages: ['es', 'pt'], hours: { days: [1, 2, 3], from: '09:00', to: '19:00', zone: 'America/Lima' } }
const add = (one: PressContact, place?: number) => act(house, (tx) => addPressContact(tx, one, 'operator', now, place))
const change = (seen: PressContact, one: PressContact) => act(house, (tx) => changePressContact(tx, { channel: seen.channel, drawn: contactMark(seen) }, one, 'operator', now))
const remove = (seen: PressContact) => act(house, (tx) => removePressContact(tx, { channel: seen.channel, drawn: contactMark(seen) }, 'operator', now))
const listed = () => listPressContacts(db.read)

test('a contact is added, called otherwise in another language, changed and taken away; each act draws pages anew', async () => {
  expect(await listed()).toEqual([])
  dropped.length = 0
  expect(await add(contact)).toBeNull()
  expect(await listed()).toEqual([contact])
  await act(house, (tx) => namePressContact(tx, contact.channel, 'pt', 'Plantão de imprensa', 'operator', now))
  const [named] = await listed()
  expect(named).toEqual({ ...contact, who: { es: 'Guardia de prensa', pt: 'Plantão de imprensa' } })
  const changed = { ...contact, channel: '+51 1 555 0100', who: { en: 'Press duty' }, hours: null }
  expect(await change(named!, changed)).toBeNull()
  expect(await listed()).toEqual([changed])
  expect(await remove(changed)).toEqual({ removed: changed, place: 0 })
  expect(await remove(changed)).toEqual({ obstacle: 'not-found' })
  expect(await act(house, (tx) => namePressContact(tx, contact.channel, 'pt', 'x', 'operator', now))).toBe('not-found')
  expect(await listed()).toEqual([])
  expect(dropped).toEqual(Array(4).fill('site'))
})

test('a number that is there already is not named twice, however it is written', async () => {
  const [phone, other] = [{ ...contact, channel: '+51 1 555 0100' }, { ...contact, channel: 'other@example.org' }]
  await add(phone)
  await add(other)
  expect(await add({ ...phone, channel: '+51 (1) 5550100' })).toBe('taken')
  expect(await change(other, { ...other, channel: '+51 1 5550100' })).toBe('taken')
  expect(await change(phone, { ...phone, channel: '+51 1 5550100' }), 'her own may be written otherwise').toBeNull()
  expect((await listed()).map(({ channel }) => channel)).toEqual(['+51 1 5550100', 'other@example.org'])
  for (const one of await listed()) await remove(one)
})

test('what somebody changed meanwhile is neither written over nor taken away unseen', async () => {
  await add(contact)
  const hers = { ...contact, who: { es: 'Rosa' } }
  expect(await change(contact, hers)).toBeNull()
  expect(await change(contact, { ...contact, hours: null })).toBe('changed-meanwhile')
  expect(await remove(contact)).toEqual({ obstacle: 'changed-meanwhile' })
  dropped.length = 0
  expect(await change(contact, { ...hers, who: { es: 'Rosa' } }), 'what it says already changes nothing').toBeNull()
  expect(dropped).toEqual([])
  expect(await change({ ...contact, channel: 'gone@example.org' }, contact)).toBe('not-found')
  expect(await listed()).toEqual([hers])
  await remove(hers)
})

test('of two who add the same at once one is told that it is there; a contact taken away goes back to its place', async () => {
  expect((await Promise.all([add(contact), add(contact)])).sort()).toEqual([null, 'taken'].sort())
  await add({ ...contact, channel: 'second@example.org' })
  const gone = await remove(contact)
  if (!('removed' in gone)) throw new Error('it was there')
  expect(await add(gone.removed, gone.place)).toBeNull()
  expect((await listed()).map(({ channel }) => channel)).toEqual([contact.channel, 'second@example.org'])
  expect(await add(gone.removed, gone.place), 'undone twice').toBe('taken')
  for (const one of await listed()) await remove(one)
})

test('the log of acts holds neither number, address nor name', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'subject', 'detail']).execute()
  expect(entries.map((entry) => entry.act)).toContain('add-press-contact')
  expect(JSON.stringify(entries)).not.toMatch(/rosa|555|Guardia/)
})

test('there are no more contacts than a page can show', async () => {
  const outcomes: (string | null)[] = []
  for (let i = 0; i <= MOST_CONTACTS; i++) outcomes.push(await add({ ...contact, channel: `duty${i}@example.org` }))
  expect(outcomes.at(-1)).toBe('too-many')
  expect(await listed()).toHaveLength(MOST_CONTACTS)
})
