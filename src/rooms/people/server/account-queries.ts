import '#rooms/people/server/person-tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

/** Her own: as she wants to be called, how she signs in, and how many recovery codes are left to her. */
export async function findAccount(db: ReadDb, personId: string): Promise<{ name: string; signInName: string; recoveryCodes: number } | undefined> {
  const row = await db.selectFrom('person').select(['name', 'signInName'])
    .select(({ selectFrom, fn }) => selectFrom('recoveryCode').select(fn.countAll<bigint>().as('left'))
      .whereRef('personId', '=', 'person.id').where('usedAt', 'is', null).as('left'))
    .where('id', '=', personId).executeTakeFirst()
  return row && { name: row.name, signInName: row.signInName, recoveryCodes: Number(row.left ?? 0) }
}
