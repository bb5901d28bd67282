import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { cleanName, describedAs, type LibraryFile, type LibraryPicture } from '#rooms/media/library.ts'
import { announceItem } from '#rooms/media/server/item-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import { insertConsent, insertFile, nameBlobs, type NewFile } from '#rooms/media/server/library-row-actions.ts'

/** Puts a picture or a file into the library. Its blobs must be named before. Nobody has said yet what the people in it agree to. */
export async function addFile(tx: Tx, { organisationId, name, what }: NewFile, actor: string, now: Temporal.Instant): Promise<string> {
  const id = await insertFile(tx, { organisationId, name: cleanName(name), what, credit: '', licence: '' }, actor, now)
  await record(tx, { actor, act: 'add-library-file', subject: `library-file:${id}` }, now)
  return id
}

/** A file, with its row locked: all who change one take turns. What only names it, as an alternative text does, waits for nobody. */
export async function lockFile(tx: Tx, id: string): Promise<LibraryFile | undefined> {
  return (await lockFiles(tx, [id])).get(id)
}

/** Files, locked in the order of their ids: who puts one in the place of another takes both, and two who do it crosswise take turns. */
export async function lockFiles(tx: Tx, ids: readonly string[]): Promise<Map<string, LibraryFile>> {
  const files = new Map<string, LibraryFile>()
  for (const id of [...new Set(ids)].filter(isId).sort()) {
    await tx.selectFrom('libraryFile').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
    const file = await findFile(tx, id)
    if (file) files.set(id, file)
  }
  return files
}

export interface Described { name: string; credit: string; licence: string; alts: Record<Lang, string> }

/**
 * What it is called, who made it, what others may do with it, and what it shows, in the languages that are named. What texts froze stays.
 * The caller has locked the file. @param drawn `describedAs` of these languages when the form was drawn
 * @returns what stands now, where somebody else said something meanwhile: then nothing is written over. Null when it was done
 */
export async function describeFile(tx: Tx, file: LibraryFile, { name, credit, licence, alts }: Described, drawn: string, actor: string, now: Temporal.Instant): Promise<{ stands: string } | null> {
  const { id } = file
  const stands = describedAs(file, Object.keys(alts))
  if (stands !== drawn) return { stands }
  await tx.updateTable('libraryFile').set({ name: cleanName(name), credit, licence }).where('id', '=', id).execute()
  for (const [lang, text] of Object.entries(alts)) {
    if (text === '') await tx.deleteFrom('libraryAlt').where('fileId', '=', id).where('lang', '=', lang).execute()
    else await tx.insertInto('libraryAlt').values({ fileId: id, lang, text }).onConflict((oc) => oc.columns(['fileId', 'lang']).doUpdateSet({ text })).execute()
  }
  await record(tx, { actor, act: 'describe-library-file', subject: `library-file:${id}` }, now)
  return null
}

/** Records what the people shown agreed to. What texts show of the file follows at once, on every page. */
export async function recordConsent(tx: Tx, { id }: Pick<LibraryFile, 'id'>, consent: Consent, actor: string, now: Temporal.Instant): Promise<void> {
  await insertConsent(tx, id, consent, actor, now)
  await record(tx, { actor, act: 'record-consent', subject: `library-file:${id}`, detail: { state: consent.state } }, now)
  await announceUses(tx, id)
}

export type ObstacleToAnswering = 'meanwhile' | 'not-again'

/** What somebody had before her: how often anything was recorded of the file, and that she asked anew where it had been taken out. */
export interface AnsweredTo { seen: number; isAgain: boolean }

/** Records an answer as `recordConsent` does, of whoever saw what was recorded last. Null when it was recorded. */
export async function answerConsent(tx: Tx, file: LibraryFile, consent: Consent, { seen, isAgain }: AnsweredTo, actor: string, now: Temporal.Instant): Promise<ObstacleToAnswering | null> {
  if (seen !== (file.consent?.number ?? 0)) return 'meanwhile'
  if (file.consent?.state === 'withdrawn' && !isAgain) return 'not-again'
  await recordConsent(tx, file, consent, actor, now)
  return null
}

/** Somebody who is shown took her consent back: at once it is out of every text, feed and document, and its address never was. */
export async function withdrawConsent(tx: Tx, { id, consent }: Pick<LibraryFile, 'id' | 'consent'>, actor: string, now: Temporal.Instant): Promise<void> {
  if (consent?.state === 'withdrawn') return
  await insertConsent(tx, id, { state: 'withdrawn', reason: '', shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false }, actor, now)
  await record(tx, { actor, act: 'withdraw-consent', subject: `library-file:${id}` }, now)
  await announceUses(tx, id)
}

/** Pages of every item that shows or showed one of its files, also the same picture that another organisation added. */
export async function announceUses(tx: Tx, fileId: string): Promise<void> {
  const items = await tx.selectFrom('libraryBlob').innerJoin('revisionBlob', 'revisionBlob.hash', 'libraryBlob.hash').innerJoin('revision', 'revision.id', 'revisionId')
    .select('itemId').distinct().where('fileId', '=', fileId).execute()
  for (const { itemId } of items) await announceItem(tx, itemId)
}

/** Puts a picture in the place of what it was: cropped or blurred. Consent is for all that it ever was. */
export async function redrawFile(tx: Tx, { id }: LibraryFile, shown: LibraryPicture, actor: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('libraryFile').set({ shown: JSON.stringify(shown) as never }).where('id', '=', id).execute()
  await nameBlobs(tx, id, shown)
  await record(tx, { actor, act: 'redraw-picture', subject: `library-file:${id}` }, now)
}
