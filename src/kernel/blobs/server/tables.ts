/** A file by the SHA-256 of its bytes; the bytes stand in the data folder. */
export interface BlobTable {
  hash: string
  mediaType: string
  byteSize: bigint
  createdAt: Temporal.Instant
  /** Since when nothing shows it; a sweep deletes it seven days later. */
  unusedSince: Temporal.Instant | null
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    blob: BlobTable
  }
}
