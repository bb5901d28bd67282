import { createHash } from 'node:crypto'
import { sql } from 'kysely'
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
/** Of what somebody added within a day, in every form that is kept of it. */
export const MOST_A_DAY = 2_000_000_000
/** What files that are sent leave free on the disk: the database stands there too. */
export const LEAST_FREE = 2_000_000_000
/** Whatever is copied or drawn for longer was cut off. */
const FINISHED_WITHIN = { minutes: 10 } as const
export const KEPT_FOR = { hours: 24 } as const
export const SWEEP_UPLOAD_JOB = 'sweep-upload'

export type ObstacleToSending = 'not-found' | 'no-size' | 'too-large' | 'too-many' | 'today'

/** Whether there is room on the disk for so many bytes more. */
export const hasRoom = async (blobs: Pick<Blobs, 'free'>, byteSize: number): Promise<boolean> => (await blobs.free()) - byteSize >= LEAST_FREE

/** Whether somebody may add so many bytes more today, with what she is sending. Her row is locked, so that two at once are counted one after the other. */
export async function mayAddToday(tx: Tx, personId: string, byteSize: number, now: Temporal.Instant): Promise<boolean> {
  await tx.selectFrom('person').select('id').where('id', '=', personId).forNoKeyUpdate().executeTakeFirst()
  const added = await tx.selectFrom('libraryFile').innerJoin('libraryBlob', 'fileId', 'libraryFile.id').innerJoin('blob', 'blob.hash', 'libraryBlob.hash')
    .select(sql<string | null>`sum(byte_size)`.as('sum')).where('addedBy', '=', personId).where('addedAt', '>', now.subtract(KEPT_FOR)).executeTakeFirst()
  return Number(added?.sum ?? 0) + byteSize <= MOST_A_DAY
}

/** Begins to take a file part by part; a job takes away what is not whole after a day. */
export async function beginUpload(
  tx: Tx, jobs: Pick<Jobs, 'send'>, who: OnDuty, { name, byteSize, organisationId }: { name: string; byteSize: number; organisationId: string | null }, now: Temporal.Instant,
): Promise<{ id: string } | { obstacle: ObstacleToSending }> {
  if (!addsFor(who).includes(organisationId)) return { obstacle: 'not-found' }
  if (!Number.isSafeInteger(byteSize) || byteSize <= 0) return { obstacle: 'no-size' }
  if (byteSize > MOST_SENT) return { obstacle: 'too-large' }
  const isAllowed = await mayAddToday(tx, who.id, byteSize, now)
  const open = await tx.selectFrom('upload').select('byteSize').where('personId', '=', who.id).where('begunAt', '>', now.subtract(KEPT_FOR)).where('fileId', 'is', null).execute()
  if (open.length >= MOST_UPLOADS || open.reduce((sum, one) => sum + Number(one.byteSize), byteSize) > MOST_OPEN_BYTES) return { obstacle: 'too-many' }
  if (!isAllowed) return { obstacle: 'today' }
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
    .where('begunAt', '>', now.subtract(KEPT_FOR)).where('isStopped', '=', false).forUpdate().executeTakeFirst()
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

/** Says who copies or draws what is whole: one at a time. False while another does. */
export async function claimWhole(tx: Tx, { id }: OpenUpload, now: Temporal.Instant): Promise<boolean> {
  const claimed = await tx.updateTable('upload').set({ finishingSince: now }).where('id', '=', id)
    .where((eb) => eb.or([eb('finishingSince', 'is', null), eb('finishingSince', '<=', now.subtract(FINISHED_WITHIN))])).returning('id').executeTakeFirst()
  return claimed !== undefined
}

/** It was not finished after all, and can be tried again. */
export async function giveUpWhole(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('upload').set({ finishingSince: null }).where('id', '=', id).execute()
}

/** It is whole, and in the library. Asked again within the day, it says so again: the answer may be lost on its way. */
export async function finishUpload(tx: Tx, id: string, fileId: string): Promise<void> {
  await tx.updateTable('upload').set({ fileId }).where('id', '=', id).execute()
}

/** She stopped. What is being copied still takes room: it counts until it is swept. */
export async function stopUpload(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('upload').set({ isStopped: true }).where('id', '=', id).where('finishingSince', 'is not', null).execute()
  await tx.deleteFrom('upload').where('id', '=', id).where('finishingSince', 'is', null).execute()
}

/** It is nothing that is taken. */
export async function endUpload(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('upload').where('id', '=', id).execute()
}

/** Forgets what is not whole after a day. False while it may still go on. */
export async function forgetOldUpload(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  await tx.deleteFrom('upload').where('id', '=', id).where('begunAt', '<=', now.subtract(KEPT_FOR)).execute()
  return (await tx.selectFrom('upload').select('id').where('id', '=', id).executeTakeFirst()) === undefined
}
