// What people trust the house with stands in a backup, which can be sealed, and never in an export, which is handed on.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { act } from '#kernel/database/act.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { emptyPlace } from '#kernel/testing/backup-place.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { addOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'
import { newFolder, openTestHouse, ROOT } from './testing/export-houses.ts'

test('no person, secret, session or link stands in an export, and a backup brings them back', async () => {
  const here = await openTestHouse()
  const { now } = here.time
  const steward = async () => {
    const { token } = await act(here.house, (tx) => makeStewardLink(tx, 'operator', now))
    return { token, key: (await findEntryLink(here.db.read, hashToken(token)))!.totpSecret! }
  }
  const { token, key } = await steward()
  const who = { name: 'Nameofaperson', signInName: 'nameforsignin', lang: 'es', passwordHash: '$argon2id$v=19$hash', code: codeOf(key, now), recoveryHashes: [hashRecoveryCode('a code')], sharedDevice: false, device: 'Nameofadevice', pinHash: null }
  const outcome = await act(here.house, (tx) => comeIn(tx, hashToken(token), who, now))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  const waiting = await steward()
  const kept = await act(here.house, async (tx) => {
    const organisation = await addOrganisation(tx, 'organisation-a', { texts: { en: { name: 'Organisation A', shortName: null, about: '' } }, places: [], fields: [], links: [] }, 'operator', now)
    if (!organisation.added) throw new Error(organisation.obstacle)
    const id = await createItem(tx, { kind: 'news', originalLang: 'es', keptBy: outcome.personId, writtenIn: organisation.id }, 'operator', now)
    await saveRevision(tx, id, 'es', { title: 'Un borrador', teaser: '', bodyMarkdown: 'Cuerpo.' }, NOTHING_FROZEN, 'operator', now)
    return { id, organisationId: organisation.id }
  })

  const folder = newFolder()
  expect((await here.export(folder)).code).toBe(0)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
  expect(files.length).toBeGreaterThan(0)
  const exported = files.map((path) => readFileSync(path, 'latin1')).join('\n')
  const hashes = [token, outcome.token, waiting.token].flatMap((one) => [hashToken(one).toString('hex'), hashToken(one).toString('base64')])
  const secrets = [who.name, who.signInName, 'argon2id', who.device, key, waiting.key, hashRecoveryCode('a code').toString('hex'), outcome.personId, ...hashes]
  expect(secrets.filter((secret) => exported.includes(secret))).toEqual([])

  const there = await openTestHouse()
  expect((await there.import(folder)).code).toBe(0)
  const came = await there.db.read.selectFrom('item').select(['keptBy', 'writtenIn']).where('id', '=', kept.id).executeTakeFirst()
  expect(came, 'nobody keeps it there, and its organisation writes it').toEqual({ keptBy: null, writtenIn: kept.organisationId })

  const place = await emptyPlace(ROOT)
  const file = join(ROOT, 'people.backup')
  await backUp({ url: here.url, blobFolder: join(here.dataDir, 'blobs'), now, program: '0.1.0' }, file)
  await restore(place, file)
  const db = await openDatabases({ url: place.url })
  expect(await findSignedIn(db.read, hashToken(outcome.token), now)).toMatchObject({ viewer: { id: outcome.personId } })
  expect(await findEntryLink(db.read, hashToken(waiting.token))).toMatchObject({ totpSecret: waiting.key })
  await db.close()
  await place.drop()
})
