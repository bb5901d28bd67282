import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

export interface LockedSecrets {
  personId: string
  passwordHash: string | null
  totpSecret: string | null
  totpLastStep: number | null
}

/** Her password's hash; undefined for a name that nobody has, and for who has left. */
export async function findPasswordHash(db: ReadDb, signInKey: string): Promise<string | undefined> {
  const row = await db.selectFrom('person').innerJoin('personSecret', 'personId', 'id').select('passwordHash')
    .where('signInKey', '=', signInKey).where('endedAt', 'is', null).executeTakeFirst()
  return row?.passwordHash ?? undefined
}

/** The same of whoever is signed in; undefined for who has none. */
export async function findPasswordHashOf(db: ReadDb, personId: string): Promise<string | undefined> {
  const row = await db.selectFrom('personSecret').select('passwordHash').where('personId', '=', personId).executeTakeFirst()
  return row?.passwordHash ?? undefined
}

/** Holds the row of her secrets, so that one code lets in once. */
export function lockSecrets(tx: ReadDb, signInKey: string): Promise<LockedSecrets | undefined> {
  return heldSecrets(tx).where('signInKey', '=', signInKey).executeTakeFirst()
}

export function lockSecretsOf(tx: ReadDb, personId: string): Promise<LockedSecrets | undefined> {
  return heldSecrets(tx).where('personId', '=', personId).executeTakeFirst()
}

const heldSecrets = (tx: ReadDb) =>
  tx.selectFrom('personSecret').innerJoin('person', 'id', 'personId').select(['personId', 'passwordHash', 'totpSecret', 'totpLastStep'])
    .where('endedAt', 'is', null).forUpdate(['personSecret'])

/** Asked with her secrets locked: nobody uses it up between. */
export async function isUnusedRecoveryCode(tx: ReadDb, personId: string, hash: Buffer): Promise<boolean> {
  const row = await tx.selectFrom('recoveryCode').select('hash').where('personId', '=', personId).where('hash', '=', hash).where('usedAt', 'is', null).executeTakeFirst()
  return row !== undefined
}
