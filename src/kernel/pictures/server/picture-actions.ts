import '#kernel/pictures/server/tables.ts'
import type { StoredFile } from '#kernel/blobs/blob.ts'
import { recordBlob, releaseBlob } from '#kernel/blobs/server/blob-actions.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { newId } from '#kernel/id/id.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { Rendition } from '#kernel/pictures/picture.ts'
import type { CleanPicture } from '#kernel/pictures/server/clean-picture.ts'
import { pictureTag } from '#kernel/pictures/server/picture-queries.ts'

export const RENDITIONS_JOB = 'make-renditions'

/**
 * Keeps a picture that was drawn anew (`cleanPicture`) and written (`blobs.write`), and asks for its widths. The act
 * that shows it writes the audit entry. Returns its id.
 */
export async function keepPicture(
  tx: Tx, jobs: Pick<Jobs, 'send'>, clean: Omit<CleanPicture, 'bytes'> & StoredFile, now: Temporal.Instant,
): Promise<string> {
  const id = newId()
  await recordBlob(tx, clean, now)
  const { width, height, hash: sourceHash } = clean
  await tx.insertInto('picture').values({ id, createdAt: now, width, height, sourceHash }).execute()
  await jobs.send(RENDITIONS_JOB, { picture: id }, { tx })
  return id
}

/**
 * Keeps a picture whose widths are made by whoever keeps it. One that is here already is the same picture: an import that
 * was cut off between a picture and its text, and is run again, doubles nothing.
 */
export async function keepPictureOnce(tx: Tx, clean: Omit<CleanPicture, 'bytes'> & StoredFile, now: Temporal.Instant): Promise<string> {
  // Two at once take turns here, at the row of the file.
  await recordBlob(tx, clean, now)
  const found = await tx.selectFrom('picture').select('id').where('sourceHash', '=', clean.hash).orderBy('id').limit(1).executeTakeFirst()
  return found?.id ?? keepPicture(tx, { send: async () => {} }, clean, now)
}

/** Adds a rendition; the same one twice is the same one. False when the picture was removed meanwhile. */
export async function keepRendition(
  tx: Tx, id: string, { mediaType, ...made }: Rendition & { mediaType: string; byteSize: number }, now: Temporal.Instant,
): Promise<boolean> {
  const picture = await tx.selectFrom('picture').select('id').where('id', '=', id).forShare().executeTakeFirst()
  if (!picture) return false
  const { format, width, height, hash, byteSize } = made
  await recordBlob(tx, { hash, byteSize, mediaType }, now)
  await tx
    .insertInto('pictureRendition')
    .values({ pictureId: id, format, width, height, hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await announce(tx, [pictureTag(id)])
  return true
}

/** Removes a picture. Its files go seven days later, except those that another picture shows too. */
export async function removePicture(tx: Tx, jobs: Pick<Jobs, 'send'>, id: string, now: Temporal.Instant): Promise<void> {
  const picture = await tx.selectFrom('picture').select('sourceHash').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!picture) return
  const renditions = await tx.selectFrom('pictureRendition').select('hash').where('pictureId', '=', id).execute()
  await tx.deleteFrom('picture').where('id', '=', id).execute()
  for (const hash of new Set([picture.sourceHash, ...renditions.map((row) => row.hash)])) {
    if (!(await isShownByAPicture(tx, hash))) await releaseBlob(tx, jobs, hash, now)
  }
  await announce(tx, [pictureTag(id)])
}

async function isShownByAPicture(tx: Tx, hash: string): Promise<boolean> {
  const source = await tx.selectFrom('picture').select('id').where('sourceHash', '=', hash).executeTakeFirst()
  if (source) return true
  const shown = await tx.selectFrom('pictureRendition').select('hash').where('hash', '=', hash).executeTakeFirst()
  return shown !== undefined
}
