import type { JobHouse } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { kindOfFile } from '#kernel/pictures/kind-of-file.ts'
import { MOST_BYTES, type PictureRefusal } from '#kernel/pictures/picture.ts'
import { keepPagePicture, type PagePicture } from '#kernel/pictures/server/page-picture.ts'
import { redrawPicture } from '#kernel/pictures/server/redrawn-picture.ts'
import { findPictureSource } from '#kernel/pictures/server/picture-queries.ts'
import { kindOfAttachment } from '#rooms/media/kind-of-attachment.ts'
import type { Frame, LibraryFile, LibraryPicture } from '#rooms/media/library.ts'
import { removeUnkept } from '#rooms/media/server/library-row-actions.ts'
import { hasRoom } from '#rooms/media/server/upload-actions.ts'

type PictureHouse = Pick<JobHouse, 'db' | 'blobs' | 'clock' | 'jobs'>

export type SentRefusal = PictureRefusal | 'no-file' | 'no-kind' | 'busy' | 'full' | 'today'

export interface SentFile {
  what: LibraryFile['what']
  /** Names its bytes; in the act that adds it. */
  nameBlobs(tx: Tx, now: Temporal.Instant): Promise<void>
  /** Lets go of what was kept, where it was added to nothing after all. */
  release(): Promise<void>
}

const pictureOf = ({ id, inPage, large }: PagePicture): LibraryPicture => ({ pictureId: id, inPage, large })

let turn: Promise<unknown> = Promise.resolve()
let waiting = 0
/** With the one that is drawn. */
const MOST_WAITING = 5

/** One picture after the other: unfolded, each takes hundreds of megabytes. Where four wait already, whoever comes is told so. */
async function inTurn<T>(work: () => Promise<T>): Promise<T | { refused: 'busy' }> {
  if (waiting >= MOST_WAITING) return { refused: 'busy' }
  waiting++
  const mine = turn.then(work)
  turn = mine.catch(() => {})
  return mine.finally(() => {
    waiting--
  })
}

/**
 * Keeps what somebody sent: a picture drawn anew, or a PDF, a recording or a film as it is. What it is its first bytes say, not its
 * name. @param lang in which a film or a document speaks, until somebody says otherwise
 */
export async function keepSent(house: PictureHouse, sent: Uint8Array, lang: string): Promise<SentFile | { refused: SentRefusal }> {
  if (sent.byteLength === 0) return { refused: 'no-file' }
  if (!(await hasRoom(house.blobs, sent.byteLength))) return { refused: 'full' }
  const kind = kindOfAttachment(sent)
  if (kind) return keepDocument(house, kind.mediaType, sent, lang)
  if (kindOfFile(sent) === 'not-a-picture') return { refused: 'no-kind' }
  const kept = await inTurn(() => keepPagePicture(house, sent))
  return 'refused' in kept ? kept : { what: { kind: 'picture', shown: pictureOf(kept) }, nameBlobs: async () => {}, release: () => releasePicture(house, kept.id) }
}

/** The same of what came part by part: a film goes from disk to disk. */
export async function keepSentInParts(house: PictureHouse, id: string, lang: string): Promise<SentFile | { refused: SentRefusal }> {
  const { parts } = house.blobs
  const found = await parts.look(id)
  if (!found) return { refused: 'damaged' }
  const kind = kindOfAttachment(found.head)
  if (kind) return keepDocument(house, kind.mediaType, parts.stream(id), lang)
  return found.byteSize > MOST_BYTES ? { refused: 'too-large' } : keepSent(house, await parts.read(id), lang)
}

async function keepDocument({ blobs }: PictureHouse, mediaType: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, lang: string): Promise<SentFile> {
  const stored = await blobs.write(bytes)
  return {
    what: { kind: 'file', shown: { ...stored, mediaType, lang } }, nameBlobs: (tx, now) => recordBlob(tx, { ...stored, mediaType }, now),
    // Without a row its bytes go with the next sweep.
    release: async () => {},
  }
}

/** What is done with what was kept; where that fails, it is let go. */
export async function releasing<T>(kept: Pick<SentFile, 'release'> | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (problem) {
    await kept?.release()
    throw problem
  }
}

/** Forgets a picture that was kept for nothing: where none of the library and no text has it, its files go as unused ones do. */
export async function releasePicture(house: Pick<PictureHouse, 'db' | 'jobs' | 'clock'>, pictureId: string): Promise<void> {
  await act({ db: house.db }, (tx) => removeUnkept(tx, house.jobs, pictureId, house.clock()))
}

/** The picture with only this part of it, or with this part made unrecognisable, as one that nothing shows yet. */
export async function redrawn(house: PictureHouse, { pictureId }: LibraryPicture, frame: Frame, how: 'crop' | 'blur'): Promise<LibraryPicture | { refused: SentRefusal }> {
  const source = await findPictureSource(house.db.read, pictureId)
  const bytes = source && (await house.blobs.read(source.sourceHash))
  if (!bytes) return { refused: 'damaged' }
  const kept = await inTurn(async () => keepPagePicture(house, await redrawPicture(bytes, frame, how)))
  return 'refused' in kept ? kept : pictureOf(kept)
}
