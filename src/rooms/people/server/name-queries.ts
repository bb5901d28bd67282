import '#rooms/people/server/person-tables.ts'
import '#rooms/people/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'

/** What people are called, by their ids; also those who left. */
export async function findNames(db: ReadDb, ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter(isId)
  if (asked.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', asked).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Everybody who can sign in or could, for stewards. */
export function listEverybody(db: ReadDb): Promise<{ id: string; name: string; signInName: string }[]> {
  return db.selectFrom('person').select(['id', 'name', 'signInName']).orderBy('createdAt').orderBy('id').execute()
}

/** Which organisation each proposal is about. */
export async function findOrganisationsOfProposals(db: ReadDb, ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter(isId)
  if (asked.length === 0) return new Map()
  const rows = await db.selectFrom('recognitionProposal').select(['id', 'organisationId']).where('id', 'in', asked).execute()
  return new Map(rows.map(({ id, organisationId }) => [id, organisationId]))
}
