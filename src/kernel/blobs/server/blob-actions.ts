import '#kernel/blobs/server/tables.ts'
import { type StoredFile, UNUSED_FOR } from '#kernel/blobs/blob.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'

export const SWEEP_JOB = 'sweep-blob'

/** Names a written file in the acting transaction; one that was waiting for the sweep is used again. */
export async function recordBlob(tx: Tx, file: StoredFile & { mediaType: string }, now: Temporal.Instant): Promise<void> {
  const { hash, mediaType } = file
  await tx
    .insertInto('blob')
    .values({ hash, mediaType, byteSize: BigInt(file.byteSize), createdAt: now, unusedSince: null })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ unusedSince: null }))
    .execute()
}

/** Nothing shows this file any more: a job takes it away in seven days, if that is still so. */
export async function releaseBlob(tx: Tx, jobs: Pick<Jobs, 'send'>, hash: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('blob').set({ unusedSince: now }).where('hash', '=', hash).where('unusedSince', 'is', null).execute()
  await jobs.send(SWEEP_JOB, { hash }, { tx, startAfter: now.add(UNUSED_FOR) })
}

/**
 * Erasure: the row and the bytes go now. The bytes go before the commit, so that a crash between leaves a row without
 * bytes rather than the bytes. Fails while a picture still names the file.
 */
export async function eraseBlob(tx: Tx, blobs: Pick<Blobs, 'remove'>, hash: string): Promise<void> {
  await tx.deleteFrom('blob').where('hash', '=', hash).execute()
  await blobs.remove(hash)
}

/** Forgets a file whose time is over; false when it is used again, or was released again later. */
export async function forgetUnusedBlob(tx: Tx, hash: string, now: Temporal.Instant): Promise<boolean> {
  const forgotten = await tx
    .deleteFrom('blob')
    .where('hash', '=', hash)
    .where('unusedSince', '<=', now.subtract(UNUSED_FOR))
    .returning('hash')
    .executeTakeFirst()
  return forgotten !== undefined
}
