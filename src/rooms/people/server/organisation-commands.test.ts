import { beforeAll, expect, test } from 'vitest'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { foundSite } from '#kernel/site/server/site-actions.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { agreedCommand } from '#rooms/people/server/organisation-commands.ts'
import { listShownOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { people } from '#rooms/people/server/room.ts'

const { db } = await testDatabase()
const now = Temporal.Instant.from('2026-11-24T03:00:00Z') // still the 23rd in Bogotá
const said: string[] = []
// What these commands are given of a house; they touch no blobs and no log.
const house = { db, clock: () => now, say: (line = '') => said.push(line) } as unknown as CommandHouse

async function run(own: string, words: string[], options: Record<string, unknown> = {}) {
  said.length = 0
  const command = [...people.commands!, agreedCommand({ lock: async () => {}, end: async () => 0 })].find(({ usage }) => usage === own || usage.startsWith(`${own} `)) as Command
  await command.run(house, words, options)
  return [...said]
}

beforeAll(() => act({ db }, (tx) => foundSite(tx, { zone: 'America/Bogota' }, now)))

test('an organisation is written down, named, agrees, is recognised, and the list says all of it', async () => {
  expect(await run('organisation list', [])).toEqual(['no organisation is written down yet: bin/altavoz organisation add NAME'])
  const [ok = ''] = await run('organisation add', [' Organización A '], { lang: 'ES', place: 'uy, 419', field: 'sex_work', link: 'https://a.example/' })
  expect(ok).toMatch(/^ok [0-9a-f-]{36} organizacion-a$/)
  const id = ok.split(' ')[1]!
  expect(await listShownOrganisations(db.read)).toEqual([])
  expect(await run('organisation list', [], { lang: 'ht' })).toEqual([
    `${id}  organizacion-a  Organización A [Spanish]  (419, UY, sex_work, not shown: it has not agreed)`,
  ])

  expect(await run('organisation name', ['organizacion-a', 'ht', 'Òganizasyon A'])).toEqual(['ok: organizacion-a is “Òganizasyon A” in ht'])
  expect(await run('organisation agreed', [id])).toEqual(['ok: organizacion-a may be shown'])
  expect(await run('organisation recognise', [id], { basis: 'Decision of the stewards' }))
    .toEqual(['ok: organizacion-a is recognised as sex-worker-led since 2026-11-23'])
  expect(await run('organisation list', [], { lang: 'ht' })).toEqual([
    `${id}  organizacion-a  Òganizasyon A  (419, UY, sex_work, agreed to be shown, recognised as sex-worker-led on 2026-11-23)`,
  ])
  expect(await listShownOrganisations(db.read)).toHaveLength(1)

  await run('organisation end-recognition', [id], { why: 'It asked for it', on: '2026-11-24' })
  await run('organisation agreed', [id], { noLonger: true })
  expect(await listShownOrganisations(db.read)).toEqual([])
})

test.each([
  ['organisation add', ['Organización A'], { lang: 'es' }, 'Another organisation has this address.'],
  ['organisation add', ['  '], { slug: 'x' }, 'An organisation needs a name.'],
  ['organisation add', ['组织'], {}, '--slug: small letters'],
  ['organisation add', ['B'], { lang: 'Spanish!' }, 'A language is written as a tag'],
  ['organisation add', ['B'], { place: 'Uruguay' }, 'A place is a code'],
  ['organisation add', ['B'], { field: 'rescue' }, 'A field of work is one of: human_rights'],
  ['organisation add', ['B'], { link: 'javascript:alert(1)' }, 'A link begins with https://'],
  ['organisation name', ['none', 'es', 'X'], {}, 'There is no organisation “none”.'],
  ['organisation agreed', ['bad\0word'], {}, 'There is no organisation'],
  ['organisation recognise', ['organizacion-a'], { basis: ' ' }, 'by whom or by which decision'],
  ['organisation recognise', ['organizacion-a'], { basis: 'x', on: '2026-02-30' }, '“2026-02-30” is not a day.'],
  ['organisation recognise', ['organizacion-a'], { basis: 'x', on: 'yesterday' }, '“yesterday” is not a day.'],
  ['organisation end-recognition', ['organizacion-a'], { why: 'x' }, 'no recognition of it stands'],
] as const)('a mistake is one clear sentence and changes nothing (%s %s %s)', async (own, words, options, sentence) => {
  const everything = async () => JSON.stringify(await Promise.all([
    db.read.selectFrom('organisation').selectAll().execute(), db.read.selectFrom('organisationText').selectAll().execute(),
    db.read.selectFrom('organisationRecognition').selectAll().execute(),
  ]))
  const before = await everything()
  const failure = await run(own, [...words], options).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Refusal)
  expect((failure as Refusal).message).toContain(sentence)
  expect(await everything()).toBe(before)
})
