import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { ExportedItem } from '#rooms/media/export/exported-item.ts'
import type { ExportedRevision } from '#rooms/media/export/exported-text.ts'
import { listClaimersWaitedFor } from '#rooms/media/server/claim-queries.ts'
import { filedUnder } from '#rooms/media/server/publication-actions.ts'

type ExportedPublication = ExportedItem['publications'][number]

/**
 * What readers saw and will see of a language, with its hours: only where nothing of it was ever planned here. Words that
 * were changed in the folder are nobody's publication. @returns whether anything came
 */
export async function takeBackPublications(tx: Tx, item: ExportedItem, lang: Lang, revisions: readonly ExportedRevision[], notes: string[]): Promise<boolean> {
  const planned = item.publications.filter((one) => one.lang === lang)
  const isHere = await tx.selectFrom('publication').select('id').where('itemId', '=', item.id).where('lang', '=', lang).limit(1).executeTakeFirst()
  if (planned.length === 0 || isHere) return false
  const rows = await tx.selectFrom('revision').select('id').where('itemId', '=', item.id).where('lang', '=', lang).execute()
  const here = new Set(rows.map(({ id }) => id))
  const unchanged = planned.filter(({ revisionId }) => here.has(revisionId))
  if (unchanged.length < planned.length) notes.push(`readers do not see its changed words in ${lang}: publish them when they are right`)
  const coming = await allowedByClaimers(tx, item.id, lang, unchanged)
  if (coming.length < unchanged.length) notes.push(`readers do not see it in ${lang}: an organisation asks to approve the text in this language, and has not agreed to these words`)
  const withdrawnAt = (await tx.selectFrom('withdrawal').select('at').where('itemId', '=', item.id).where('lang', '=', lang).executeTakeFirst())?.at
  for (const publication of coming) {
    await insertPublication(tx, item, endedBy(publication, withdrawnAt), revisions.find(({ id }) => id === publication.revisionId)!)
  }
  for (const revisionId of new Set(coming.map((one) => one.revisionId))) await sql`select file_search_words(${revisionId}::uuid)`.execute(tx)
  return coming.length > 0
}

/** As where anything else is published: what somebody here claimed waits for her yes to exactly these words. */
async function allowedByClaimers(tx: Tx, itemId: string, lang: Lang, coming: readonly ExportedPublication[]): Promise<ExportedPublication[]> {
  const waiting = new Set<string>()
  for (const revisionId of new Set(coming.map((one) => one.revisionId))) if ((await listClaimersWaitedFor(tx, itemId, lang, revisionId)).length > 0) waiting.add(revisionId)
  return coming.filter(({ revisionId }) => !waiting.has(revisionId))
}

/** What is withdrawn is not revived, whatever an export says of its hours. */
function endedBy(publication: ExportedPublication, withdrawnAt: Temporal.Instant | undefined): ExportedPublication {
  const { publicFrom, publicUntil } = publication
  if (!withdrawnAt || (publicUntil && Temporal.Instant.compare(publicUntil, withdrawnAt) <= 0)) return publication
  return { ...publication, publicUntil: Temporal.Instant.compare(publicFrom, withdrawnAt) > 0 ? publicFrom : withdrawnAt }
}

async function insertPublication(tx: Tx, { id: itemId, kind }: ExportedItem, publication: ExportedPublication, { frozen }: ExportedRevision): Promise<void> {
  const { revisionId } = publication
  await tx.insertInto('publication').values({
    ...publication, itemId, kind, ...filedUnder(frozen), words: sql<string>`words_of_revision(${revisionId})`, head: sql<string>`head_of_revision(${revisionId})`,
  }).execute()
}
