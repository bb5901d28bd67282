import { beforeAll, expect, test } from 'vitest'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { callOffAllNaming, lockNaming } from '#rooms/media/server/withdrawal-actions.ts'
import { publishCommand } from '#rooms/media/server/text-commands.ts'
import { nameOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { agreedCommand, organisationCommands } from '#rooms/people/server/organisation-commands.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { signCommand } from './sign-command.ts'

const { db } = await testDatabase()
const room = newsroom(db)
let now = Temporal.Instant.from('2026-11-24T15:00:00Z')
const said: string[] = []
// What these commands are given of a house; they touch no blobs and no log.
const house = { db, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse
const [add] = organisationCommands as [Command]
const agreed = agreedCommand({ lock: lockNaming, end: callOffAllNaming })

async function run(command: Command, words: string[], options: Record<string, unknown> = {}) {
  said.length = 0
  now = now.add({ minutes: 1 })
  await command.run(house, words, options)
  return [...said]
}

async function signersAt(lang: string, slug: string) {
  const found = await findPublishedItem(db.read, lang, slug, now)
  if (found?.answer.found !== 'item') throw new Error(`${slug}: ${found?.answer.found}`)
  return found.answer.item.signers
}

const ids: Record<string, string> = {}
const rename = (slug: string, lang: string, name: string) =>
  act({ db }, (tx) => nameOrganisation(tx, ids[slug]!, lang, { name, shortName: null }, 'operator', now))

beforeAll(async () => {
  await act({ db }, (tx) => foundSite(tx, { zone: 'America/Bogota' }, now))
  for (const name of ['Organización A', 'Organización B', 'Organización C']) await run(add, [name], { lang: 'es' })
  for (const { slug, id } of await listOrganisations(db.read)) ids[slug] = id
  for (const slug of ['organizacion-a', 'organizacion-b']) await run(agreed, [slug])
})

test('signing changes no public byte; published, it names who signed, each as it was called then', async () => {
  const itemId = await room.item('statement', now, 'es')
  const { revisionId } = await room.save(itemId, 'es', 'Nuestra nota', now)
  await room.publish(itemId, 'es', revisionId, now)
  const before = await findPublishedItem(db.read, 'es', 'nuestra-nota', now)
  const lines = await run(signCommand, ['/es/media/nuestra-nota', 'organizacion-b', ids['organizacion-a']!, 'organizacion-b'])
  expect(lines).toEqual([
    'ok: “Nuestra nota” is signed by 2, as a new revision',
    '  note: readers see it once it is published: bin/altavoz publish /es/media/nuestra-nota',
  ])
  expect(await findPublishedItem(db.read, 'es', 'nuestra-nota', now)).toEqual(before)

  await run(publishCommand, ['/es/media/nuestra-nota'])
  const signed = [
    { organisationId: ids['organizacion-b'], name: 'Organización B' }, { organisationId: ids['organizacion-a'], name: 'Organización A' },
  ]
  expect(await signersAt('es', 'nuestra-nota')).toEqual(signed)

  // Two editors rename them at once: what was signed keeps its names, until it is signed and published anew.
  await Promise.all([rename('organizacion-a', 'es', 'A, con otro nombre'), rename('organizacion-b', 'es', 'B, con otro nombre')])
  expect(await signersAt('es', 'nuestra-nota')).toEqual(signed)
  await run(agreed, ['organizacion-a'], { noLonger: true })
  expect(await signersAt('es', 'nuestra-nota')).toEqual(signed)
  await run(agreed, ['organizacion-a'])
  await run(signCommand, ['/es/media/nuestra-nota', 'organizacion-a'])
  expect(await signersAt('es', 'nuestra-nota')).toEqual(signed)
  await run(publishCommand, ['/es/media/nuestra-nota'])
  expect(await signersAt('es', 'nuestra-nota')).toEqual([{ organisationId: ids['organizacion-a'], name: 'A, con otro nombre' }])
  expect(await run(signCommand, ['/es/media/nuestra-nota', 'organizacion-a']))
    .toEqual(['/es/media/nuestra-nota is signed so already; nothing was changed'])
})

test('a name that is not in the language of the text says in which it is', async () => {
  const itemId = await room.item('statement', now)
  await room.save(itemId, 'fr', 'Notre note', now)
  await run(signCommand, ['/fr/media/notre-note', 'organizacion-b'])
  await run(publishCommand, ['/fr/media/notre-note'])
  expect(await signersAt('fr', 'notre-note')).toEqual([{ organisationId: ids['organizacion-b'], name: 'B, con otro nombre', lang: 'es' }])
})

test('who has not agreed to be shown is named by nobody, and starter content by no organisation', async () => {
  const itemId = await room.item('statement', now)
  await room.save(itemId, 'en', 'Our note', now)
  await act({ db }, async (tx) => {
    const id = await createItem(tx, { kind: 'news', originalLang: 'en', isStarter: true }, 'system', now)
    await giveSlug(tx, id, 'en', 'a-starter', now)
    await saveRevision(tx, id, 'en', { title: 'T', teaser: 'T', bodyMarkdown: 'B' }, NOTHING_FROZEN, 'system', now)
  })
  const gone = await room.item('news', now)
  const saved = await room.save(gone, 'en', 'Gone', now)
  await room.publish(gone, 'en', saved.revisionId, now)
  await room.withdraw(gone, 'en', now)

  const revisions = async () => (await db.read.selectFrom('revision').select('id').execute()).length
  const before = await revisions()
  for (const [words, sentence] of [
    [['/en/media/our-note', 'organizacion-b', 'organizacion-c'], 'organizacion-c has not agreed to be shown'],
    [['/en/media/our-note', 'organizacion-x'], 'There is no organisation “organizacion-x”.'],
    [['/en/media/none', 'organizacion-b'], 'No text has the address'],
    [['/en/media/a-starter', 'organizacion-b'], 'it is starter content'],
    [['/en/media/gone', 'organizacion-b'], 'it was withdrawn'],
    [['/en/media/our-note'], 'name one organisation at least'],
  ] as const) {
    const failure = await run(signCommand, [...words]).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Refusal)
    expect((failure as Refusal).message).toContain(sentence)
  }
  expect(await revisions()).toBe(before)
})

test('an organisation that ends its agreement to be shown is not named by what waits for its hour', async () => {
  const itemId = await room.item('statement', now, 'es')
  await room.save(itemId, 'es', 'Nota que espera', now)
  await run(signCommand, ['/es/media/nota-que-espera', 'organizacion-b'])
  await run(publishCommand, ['/es/media/nota-que-espera'], { at: now.add({ hours: 5 }).toString() })
  expect(await run(agreed, ['organizacion-a'], { noLonger: true })).toEqual(['ok: organizacion-a is shown no longer'])
  expect(await run(agreed, ['organizacion-b'], { noLonger: true })).toEqual(['ok: organizacion-b is shown no longer', '  note: 1 text with its name waited for an hour, and is called off'])
  expect(await db.read.selectFrom('publication').select('id').where('itemId', '=', itemId).where((eb) => eb.or([eb('publicUntil', 'is', null), eb('publicUntil', '>', eb.ref('publicFrom'))])).execute()).toEqual([])
})

test('the log of acts says who was named, by ids alone', async () => {
  const entries = await db.read.selectFrom('auditEntry').selectAll().where('act', '=', 'sign-text').execute()
  expect(entries).toHaveLength(4)
  expect(entries[0]?.detail).toMatchObject({ lang: 'es', organisationIds: [ids['organizacion-b'], ids['organizacion-a']] })
  expect(JSON.stringify(entries.map((entry) => entry.detail))).not.toContain('Organización')
})
