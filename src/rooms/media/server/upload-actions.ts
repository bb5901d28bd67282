import { createHash } from 'node:crypto'
import '#rooms/media/server/tables.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId, newId } from '#kernel/id/id.ts'
import type { Jobs } from '#kernel/jobs/jobs.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { addsFor, cleanName } from '#rooms/media/library.ts'

/** The largest that is taken: a film. */
export const MOST_SENT = 200_000_000
/** One part: what is lost when the line drops. */
export const MOST_PART = 1_000_000
/** How many somebody sends at a time, and how much in all. */
export const MOST_UPLOADS = 5
export const MOST_OPEN_BYTES = 400_000_000
export const KEPT_FOR = { hours: 24 } as const
export const SWEEP_UPLOAD_JOB = 'sweep-upload'

export type ObstacleToSending = 'not-found' | 'no-size' | 'too-large' | 'too-many'

/** Begins to take a file part by part; a job takes away what is not whole after a day. */
export async function beginUpload(
  tx: Tx, jobs: Pick<Jobs, 'send'>, who: OnDuty, { name, byteSize, organisationId }: { name: string; byteSize: number; organisationId: string | null }, now: Temporal.Instant,
): Promise<{ id: string } | { obstacle: ObstacleToSending }> {
  if (!addsFor(who).includes(organisationId)) return { obstacle: 'not-found' }
  if (!Number.isSafeInteger(byteSize) || byteSize <= 0) return { obstacle: 'no-size' }
  if (byteSize > MOST_SENT) return { obstacle: 'too-large' }
  // Her row is locked, so that two that begin at once are counted one after the other.
  await tx.selectFrom('person').select('id').where('id', '=', who.id).forUpdate().executeTakeFirst()
  const open = await tx.selectFrom('upload').select('byteSize').where('personId', '=', who.id).where('begunAt', '>', now.subtract(KEPT_FOR)).where('fileId', 'is', null).execute()
  if (open.length >= MOST_UPLOADS || open.reduce((sum, one) => sum + Number(one.byteSize), byteSize) > MOST_OPEN_BYTES) return { obstacle: 'too-many' }
  const id = newId()
  await tx.insertInto('upload').values({ id, personId: who.id, name: cleanName(name), organisationId, byteSize: BigInt(byteSize), received: 0n, fileId: null, begunAt: now }).execute()
  await jobs.send(SWEEP_UPLOAD_JOB, { upload: id }, { tx, startAfter: now.add(KEPT_FOR) })
  return { id }
}

export interface OpenUpload { id: string; name: string; organisationId: string | null; byteSize: number; received: number; fileId: string | null }

/** Hers alone, with its row locked: two parts at once take turns. */
export async function lockUpload(tx: Tx, id: string, personId: string, now: Temporal.Instant): Promise<OpenUpload | undefined> {
  if (!isId(id)) return undefined
  const row = await tx.selectFrom('upload').select(['id', 'name', 'organisationId', 'byteSize', 'received', 'fileId']).where('id', '=', id).where('personId', '=', personId)
    .where('begunAt', '>', now.subtract(KEPT_FOR)).forUpdate().executeTakeFirst()
  return row && { ...row, byteSize: Number(row.byteSize), received: Number(row.received) }
}

export interface Part { offset: number; bytes: Uint8Array; /** SHA-256 in hex of what was sent: what came is that, or is asked for again. */ digest: string }

/** Takes the next part. @returns how much is here now: what the sender goes on from, also where the part was not taken */
export async function takePart(tx: Tx, parts: Blobs['parts'], upload: OpenUpload, { offset, bytes, digest }: Part): Promise<number> {
  const isNext = upload.fileId === null && offset === upload.received && bytes.byteLength > 0 && bytes.byteLength <= MOST_PART && offset + bytes.byteLength <= upload.byteSize
  if (!isNext || createHash('sha256').update(bytes).digest('hex') !== digest) return upload.received
  // A restored house has the row and not the bytes: then it begins again.
  const received = (await parts.write(upload.id, offset, bytes)) ? offset + bytes.byteLength : 0
  await tx.updateTable('upload').set({ received: BigInt(received) }).where('id', '=', upload.id).execute()
  return received
}

/** It is whole, and in the library. Asked again within the day, it says so again: the answer may be lost on its way. */
export async function finishUpload(tx: Tx, id: string, fileId: string): Promise<void> {
  await tx.updateTable('upload').set({ fileId }).where('id', '=', id).execute()
}

/** She stopped, or it is nothing that is taken. */
export async function endUpload(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('upload').where('id', '=', id).execute()
}

/** Forgets what is not whole after a day. False while it may still go on. */
export async function forgetOldUpload(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  await tx.deleteFrom('upload').where('id', '=', id).where('begunAt', '<=', now.subtract(KEPT_FOR)).execute()
  return (await tx.selectFrom('upload').select('id').where('id', '=', id).executeTakeFirst()) === undefined
}
