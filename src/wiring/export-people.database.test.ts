// What people trust the house with stands in a backup, which can be sealed, and never in an export, which is handed on.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { act } from '#kernel/database/act.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { emptyPlace } from '#kernel/testing/backup-place.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { makeStewardLink } from '#rooms/people/server/entry-link-actions.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'
import { hashRecoveryCode } from '#rooms/people/server/recovery-codes.ts'
import { hashToken } from '#rooms/people/server/secret-token.ts'
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
  const who = { name: 'Nameofaperson', signInName: 'nameforsignin', lang: 'es', passwordHash: '$argon2id$v=19$hash', code: codeOf(key, now), recoveryHashes: [hashRecoveryCode('a code')], sharedDevice: false, device: 'Nameofadevice' }
  const outcome = await act(here.house, (tx) => comeIn(tx, hashToken(token), who, now))
  if (!outcome.cameIn) throw new Error(outcome.obstacle)
  const waiting = await steward()

  const folder = newFolder()
  expect((await here.export(folder)).code).toBe(0)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
  expect(files.length).toBeGreaterThan(0)
  const exported = files.map((path) => readFileSync(path, 'latin1')).join('\n')
  const hashes = [token, outcome.token, waiting.token].flatMap((one) => [hashToken(one).toString('hex'), hashToken(one).toString('base64')])
  const secrets = [who.name, who.signInName, 'argon2id', who.device, key, waiting.key, hashRecoveryCode('a code').toString('hex'), outcome.personId, ...hashes]
  expect(secrets.filter((secret) => exported.includes(secret))).toEqual([])

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
