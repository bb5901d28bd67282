import { expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { namePressContact, removePressContact, savePressContact } from '#kernel/site/server/press-actions.ts'
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
const save = (one: PressContact) => act(house, (tx) => savePressContact(tx, one, 'operator', now))
const listed = () => listPressContacts(db.read)

test('a contact is kept as named, changed by its channel, called otherwise in another language, and taken away; each act draws pages anew', async () => {
  expect(await listed()).toEqual([])
  dropped.length = 0
  await save(contact)
  expect(await listed()).toEqual([contact])
  await act(house, (tx) => namePressContact(tx, contact.channel, 'pt', 'Plantão de imprensa', 'operator', now))
  await save({ ...contact, who: { en: 'Press duty' }, hours: null })
  expect(await listed()).toEqual([{ ...contact, who: { es: 'Guardia de prensa', pt: 'Plantão de imprensa', en: 'Press duty' }, hours: null }])
  await save({ ...contact, channel: '+51 1 555 0100' })
  expect((await listed()).map(({ channel }) => channel)).toEqual(['rosa@example.org', '+51 1 555 0100'])
  expect(await act(house, (tx) => removePressContact(tx, contact.channel, 'operator', now))).toBeNull()
  expect(await act(house, (tx) => removePressContact(tx, contact.channel, 'operator', now))).toBe('not-found')
  expect(await act(house, (tx) => namePressContact(tx, contact.channel, 'pt', 'x', 'operator', now))).toBe('not-found')
  expect((await listed()).map(({ channel }) => channel)).toEqual(['+51 1 555 0100'])
  expect(dropped).toEqual(Array(5).fill('site'))
})

test('the log of acts holds neither number, address nor name', async () => {
  const entries = await db.read.selectFrom('auditEntry').select(['act', 'subject', 'detail']).execute()
  expect(entries.map((entry) => entry.act)).toContain('add-press-contact')
  expect(JSON.stringify(entries)).not.toMatch(/rosa|555|Guardia/)
})

test('there are no more contacts than a page can show', async () => {
  const outcomes: (string | null)[] = []
  for (let i = 0; i < MOST_CONTACTS; i++) outcomes.push(await save({ ...contact, channel: `duty${i}@example.org` }))
  expect(outcomes.at(-1)).toBe('too-many')
  expect(await listed()).toHaveLength(MOST_CONTACTS)
})
