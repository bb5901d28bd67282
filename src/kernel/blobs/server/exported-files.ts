import { createHash } from 'node:crypto'
import * as v from 'valibot'
import '#kernel/blobs/server/tables.ts'
import type { StoredFile } from '#kernel/blobs/blob.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { placeOf } from '#kernel/blobs/server/shelf.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import { isExportPath } from '#kernel/export/export-path.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import type { ExportFolder } from '#kernel/export/server/export-reader.ts'
import type { ExportWriter } from '#kernel/export/server/export-writer.ts'
import { ExportedHash } from '#kernel/export/shapes.ts'

/** What a blob of ours may be: anything else could act as a page of the site that gives it out. */
const MEDIA_TYPES = ['image/avif', 'image/webp', 'image/jpeg', 'image/png', 'application/pdf', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'video/mp4', 'video/webm', 'text/vtt'] as const

export const ExportedBlob = v.strictObject({ hash: ExportedHash, mediaType: v.picklist(MEDIA_TYPES), file: v.pipe(v.string(), v.check(isExportPath, 'no file of an export')) })
export type ExportedBlob = v.InferOutput<typeof ExportedBlob>

/** Where a file stands in an export: as at its address, `/blob/{hash}/{name}`. */
const fileOf = (hash: string, name: string) => `files/${hash}/${name}`

const EXTENSIONS: Record<string, string> = { 'image/jpeg': 'jpg', 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a', 'text/vtt': 'vtt' }
const endingOf = (mediaType: string) => EXTENSIONS[mediaType] ?? mediaType.slice(mediaType.indexOf('/') + 1)

/** @param names what a file is called where it is shown; another is called after what it is */
export async function listExportedBlobs(db: ReadDb, hashes: readonly string[], names: ReadonlyMap<string, string>): Promise<ExportedBlob[]> {
  if (hashes.length === 0) return []
  const rows = await db.selectFrom('blob').select(['hash', 'mediaType']).where('hash', 'in', [...new Set(hashes)]).orderBy('hash').execute()
  return rows.map(({ hash, mediaType }) => ({ hash, mediaType: mediaType as ExportedBlob['mediaType'], file: fileOf(hash, names.get(hash) ?? `file.${endingOf(mediaType)}`) }))
}

export async function takeOutBlobs(out: ExportWriter, blobFolder: string, blobs: readonly ExportedBlob[]): Promise<void> {
  for (const { hash, file } of blobs) await out.copy(file, placeOf(blobFolder, hash), hash)
}

const LARGEST = 200_000_000

/**
 * Keeps the bytes of an export's files, unless they are here, and answers with what names them in the act that shows them.
 * @throws NotAsWritten when one is missing, too large, or has other bytes than those that were agreed to
 */
export async function keepExportedBlobs(blobs: Blobs, folder: ExportFolder, files: readonly ExportedBlob[], isRehearsal: boolean): Promise<(tx: Tx, now: Temporal.Instant) => Promise<void>> {
  const kept: { hash: string; byteSize: number; mediaType: string }[] = []
  for (const { hash, mediaType, file } of files) {
    const here = await blobs.find(hash)
    // Read twice, so that bytes that nobody agreed to are never on the disk.
    const found = here ? { hash, byteSize: here.byteSize } : await weigh(file, await folder.bytes(file))
    if (found.hash !== hash) throw new NotAsWritten(`${file} has other bytes than when it was exported`)
    if (!here && !isRehearsal) await blobs.write(await folder.bytes(file), LARGEST)
    kept.push({ hash, byteSize: found.byteSize, mediaType })
  }
  return async (tx, now) => {
    for (const one of kept) await recordBlob(tx, one, now)
  }
}

async function weigh(file: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
  const digest = createHash('sha256')
  let byteSize = 0
  for await (const chunk of bytes) {
    digest.update(chunk)
    if ((byteSize += chunk.byteLength) > LARGEST) throw new NotAsWritten(`${file} is larger than ${LARGEST / 1_000_000} MB`)
  }
  return { hash: digest.digest('hex'), byteSize }
}
