import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { Lang } from '#kernel/language/language.ts'
import { removePicture } from '#kernel/pictures/server/picture-actions.ts'
import type { Consent } from '#rooms/media/consent.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { cleanName, type LibraryDocument, type LibraryFile, type LibraryPicture } from '#rooms/media/library.ts'

export interface NewFile {
  organisationId: string | null
  name: string
  what: LibraryFile['what']
}

/** Writes the row of a file, with every file that it shows. */
export async function insertFile(tx: Tx, { what: { kind, shown }, ...file }: NewFile & { credit: string; licence: string }, actor: string, now: Temporal.Instant): Promise<string> {
  const id = newId()
  await tx.insertInto('libraryFile').values({ id, kind, shown: JSON.stringify(shown) as never, ...file, addedBy: actor, addedAt: now }).execute()
  await nameBlobs(tx, id, shown)
  return id
}

/** Every file that it shows or could show: of a picture all its widths and what they were made from. */
export async function nameBlobs(tx: Tx, fileId: string, shown: LibraryPicture | LibraryDocument): Promise<void> {
  const hashes = 'large' in shown ? [shown.large, ...shown.inPage].map(({ hash }) => hash) : [shown.hash, ...(shown.captions ? [shown.captions.hash] : [])]
  await sql`insert into library_blob (file_id, hash) select ${fileId}::uuid, h.hash from (
      select unnest(${hashes}::text[]) as hash
      union select hash from picture_rendition where picture_id = ${'large' in shown ? shown.pictureId : null}::uuid
      union select source_hash from picture where id = ${'large' in shown ? shown.pictureId : null}::uuid) h
    on conflict do nothing`.execute(tx)
}

/** Removes a picture unless something in the library is or was made from it. What texts show is in the library. */
export async function removeUnkept(tx: Tx, jobs: Pick<Jobs, 'send'>, pictureId: string, now: Temporal.Instant): Promise<void> {
  const source = await tx.selectFrom('picture').select('sourceHash').where('id', '=', pictureId).forUpdate().executeTakeFirst()
  const isKept = source && (await tx.selectFrom('libraryBlob').select('hash').where('hash', '=', source.sourceHash).limit(1).executeTakeFirst())
  if (source && !isKept) await removePicture(tx, jobs, pictureId, now)
}

/** One row more: what was recorded before is never changed. */
export async function insertConsent(tx: Tx, fileId: string, { shownIn, ...consent }: Consent, actor: string, now: Temporal.Instant): Promise<void> {
  const number = sql<number>`coalesce((select max(number) from consent where file_id = ${fileId}), 0) + 1`
  await tx.insertInto('consent').values({ fileId, number, ...consent, shownIn: [...shownIn], recordedBy: actor, recordedAt: now }).execute()
}

/** What stands in a revision is in the library too: what came by a command, an import or an export gets its row here, with consent unknown. */
export async function noteInLibrary(tx: Tx, of: { itemId: string; lang: Lang; title: string; frozen: Frozen; by: string }, now: Temporal.Instant): Promise<void> {
  const { picture, pictureId, files = [] } = of.frozen
  if (!picture && files.length === 0) return
  const item = await tx.selectFrom('item').select(['writtenIn', 'isStarter']).where('id', '=', of.itemId).executeTakeFirstOrThrow()
  const note = async (file: Omit<NewFile, 'organisationId'> & { hash: string; credit: string; licence: string; alt: string }) => {
    const { hash, alt, ...rest } = file
    const known = await findNoted(tx, hash, item.writtenIn)
    const id = known ?? (await insertFile(tx, { ...rest, name: cleanName(rest.name), organisationId: item.writtenIn }, of.by, now))
    // Captions that a film was given since are of the same people.
    if (known !== undefined) await nameBlobs(tx, known, rest.what.shown)
    if (alt !== '') await tx.insertInto('libraryAlt').values({ fileId: id, lang: of.lang, text: alt }).onConflict((oc) => oc.doNothing()).execute()
    // In the films of the program itself nobody stands.
    if (known === undefined && item.isStarter) await insertConsent(tx, id, { state: 'not-needed', reason: 'starter', shownIn: [], untilOn: null, endsAt: null, faceMayBeSeen: false }, 'system', now)
  }
  if (picture && pictureId !== null) {
    const { alt, credit, licence, inPage, large } = picture
    await note({ hash: large.hash, name: of.title, what: { kind: 'picture', shown: { pictureId, inPage, large } }, credit: credit ?? '', licence: licence ?? '', alt })
  }
  for (const { title, name: _, ...shown } of files) await note({ hash: shown.hash, name: title, what: { kind: 'file', shown }, credit: '', licence: '', alt: title })
}

async function findNoted(db: ReadDb, hash: string, organisationId: string | null): Promise<string | undefined> {
  const row = await db.selectFrom('libraryBlob').innerJoin('libraryFile', 'libraryFile.id', 'fileId').select('id')
    .where('hash', '=', hash).where(sql<boolean>`organisation_id is not distinct from ${organisationId}::uuid`).limit(1).executeTakeFirst()
  return row?.id
}
