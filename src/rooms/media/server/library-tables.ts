import type { Generated } from 'kysely'
import type { ConsentState, Purpose } from '#rooms/media/consent.ts'
import type { LibraryDocument, LibraryPicture } from '#rooms/media/library.ts'

export interface LibraryFileTable {
  id: string
  kind: 'picture' | 'file'
  /** The organisation that added it; null for the alliance itself, and for what came by a command or an import. */
  organisationId: string | null
  name: string
  credit: string
  licence: string
  shown: LibraryPicture | LibraryDocument
  addedBy: string
  addedAt: Temporal.Instant
}

/** Every file that it ever was, so that consent taken back takes out what older revisions froze too. */
export interface LibraryBlobTable {
  fileId: string
  hash: string
}

export interface LibraryAltTable {
  fileId: string
  lang: string
  text: string
}

/** A row a change; the newest counts, and none is ever changed. */
export interface ConsentTable {
  fileId: string
  number: number
  state: ConsentState
  reason: string
  shownIn: Purpose[]
  untilOn: Temporal.PlainDate | null
  endsAt: Temporal.Instant | null
  faceMayBeSeen: boolean
  recordedBy: string
  recordedAt: Temporal.Instant
}

/** What a person is sending part by part. */
export interface UploadTable {
  id: string
  personId: string
  name: string
  organisationId: string | null
  byteSize: bigint
  received: bigint
  /** What it became once it was whole, so that whoever did not hear the answer can ask again. */
  fileId: string | null
  begunAt: Temporal.Instant
  /** Since when its bytes are being copied or drawn. */
  finishingSince: Generated<Temporal.Instant | null>
  /** Ended while it was copied: what is copied is added to nothing, and counts until it is swept. */
  isStopped: Generated<boolean>
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    libraryFile: LibraryFileTable
    libraryBlob: LibraryBlobTable
    libraryAlt: LibraryAltTable
    consent: ConsentTable
    upload: UploadTable
  }
}
