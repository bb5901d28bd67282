import '#rooms/people/server/passkey-tables.ts'
import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { WaysIn } from '#rooms/people/passkey.ts'

export interface ListedPasskey {
  id: string
  label: string
  rpId: string
  madeAt: Temporal.Instant
  lastUsedAt: Temporal.Instant | null
}

/** Hers that have not ended, the oldest first. */
export function listPasskeys(db: ReadDb, personId: string): Promise<ListedPasskey[]> {
  return db.selectFrom('passkey').select(['id', 'label', 'rpId', 'madeAt', 'lastUsedAt'])
    .where('personId', '=', personId).where('endedAt', 'is', null).orderBy('madeAt').orderBy('id').execute()
}

/** What a device is told of hers, so that it makes no second one where it has one. */
export function listPasskeysAt(db: ReadDb, personId: string, rpId: string): Promise<{ credentialId: Buffer; transports: string[] }[]> {
  return db.selectFrom('passkey').select(['credentialId', 'transports']).where('personId', '=', personId).where('rpId', '=', rpId).where('endedAt', 'is', null).execute()
}

/** Whether somebody, also who has left, signs in by this name. */
export async function isNameTaken(db: ReadDb, signInKey: string): Promise<boolean> {
  return (await db.selectFrom('person').select('id').where('signInKey', '=', signInKey).executeTakeFirst()) !== undefined
}

/** Holds the passkey's row until the act is done: of two answers at once one waits, and finds the other's counter. */
export function lockPasskey(tx: ReadDb, credentialId: Buffer, rpId: string) {
  return tx.selectFrom('passkey').innerJoin('person', 'person.id', 'personId').select(['passkey.id', 'personId', 'credentialId', 'publicKey', 'signCount'])
    .where('credentialId', '=', credentialId).where('rpId', '=', rpId).where('passkey.endedAt', 'is', null).where('person.endedAt', 'is', null)
    .forUpdate(['passkey']).executeTakeFirst()
}

/** Holds all her ways in: of two who end one each, one waits and finds the last one left. */
export async function lockWaysIn(tx: ReadDb, personId: string): Promise<WaysIn> {
  const secret = await tx.selectFrom('personSecret').select('passwordHash').where('personId', '=', personId).forUpdate().executeTakeFirst()
  const passkeys = await tx.selectFrom('passkey').select('id').where('personId', '=', personId).where('endedAt', 'is', null).orderBy('id').forUpdate().execute()
  return { hasPassword: typeof secret?.passwordHash === 'string', passkeys: passkeys.map(({ id }) => id) }
}
