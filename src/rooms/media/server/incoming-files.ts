import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { recordBlob } from '#kernel/blobs/server/blob-actions.ts'
import { fetchPublic, type Network } from '#kernel/fetching/server/fetch-public.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { keepPagePicture } from '#kernel/pictures/server/page-picture.ts'
import type { IncomingFile, IncomingText } from '#rooms/media/import/incoming.ts'
import { kindOfAttachment } from '#rooms/media/kind-of-attachment.ts'
import { fileName, type ShownFile, type ShownPicture } from '#rooms/media/shown.ts'

const LARGEST = 200_000_000
const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?|bmp|svg|heic)$/i

/** A file as it was found; or why it was not. */
export type FoundFile = { file: IncomingFile; bytes: Uint8Array; hash: string } | { file: IncomingFile; reason: string; isMissing?: true }

/**
 * The bytes of the files that a text shows or links: in its file, in the folder of uploads, else on the network where one is
 * given. Nothing is kept yet.
 */
export async function findFiles(uploads: string | undefined, files: IncomingFile[], network?: Network): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  for (const file of files) {
    const bytes = file.bytes ?? (await foundIn(uploads, file.address))
    if (typeof bytes !== 'string') found.push(foundFile(file, bytes))
    else if (!network || !/^https?:/.test(file.address)) found.push({ file, reason: bytes })
    // Of several pictures one is shown: the others are not asked for.
    else if (PICTURE.test(file.name) && found.some((one) => 'hash' in one && PICTURE.test(one.file.name))) found.push({ file, reason: 'was not fetched: a text has one picture' })
    else found.push(await fetchedFile(file, network))
  }
  return found
}

const foundFile = (file: IncomingFile, bytes: Uint8Array): FoundFile => ({ file, bytes, hash: createHash('sha256').update(bytes).digest('hex') })

const LARGEST_FETCHED = 50_000_000
const TYPES = /^(image\/(jpeg|png|gif|webp|avif)|application\/(pdf|ogg|octet-stream)|audio\/[\w.+-]+|video\/[\w.+-]+)$/

async function fetchedFile(file: IncomingFile, network: Network): Promise<FoundFile> {
  const fetched = await fetchPublic(file.address, { types: TYPES, mostBytes: LARGEST_FETCHED }, network)
  return 'bytes' in fetched ? foundFile(file, fetched.bytes) : { file, reason: `was not fetched: ${fetched.refused}`, isMissing: true }
}

export interface KeptFiles {
  shown: { pictureId: string | null; picture?: ShownPicture; files?: ShownFile[] }
  notes: string[]
  /** Names the kept files in the act that shows them. */
  record(tx: Tx, now: Temporal.Instant): Promise<void>
}

/** The first picture is the text's own, documents and recordings are offered with it; of all else it is said why not. */
export async function keepFiles(house: CommandHouse, isRehearsal: boolean, found: FoundFile[], text: IncomingText, lang: Lang): Promise<KeptFiles> {
  const kept: KeptFiles = { shown: { pictureId: null }, notes: [], record: async () => {} }
  const files: (ShownFile & { mediaType: string })[] = []
  for (const one of found) {
    if ('reason' in one) kept.notes.push(`the file ${one.file.name} ${one.reason}`)
    else if (PICTURE.test(one.file.name)) await showPicture(house, kept, one.file, one.bytes, text, isRehearsal)
    else await offerFile(house, kept, files, one.file, one.bytes, lang, isRehearsal)
  }
  if (files.length > 0) {
    kept.shown.files = files
    kept.record = async (tx, now) => {
      for (const { hash, byteSize, mediaType } of files) await recordBlob(tx, { hash, byteSize, mediaType }, now)
    }
  }
  return kept
}

async function showPicture(house: CommandHouse, kept: KeptFiles, file: IncomingFile, bytes: Uint8Array, text: IncomingText, isRehearsal: boolean): Promise<void> {
  if (kept.shown.picture) return void kept.notes.push(`the picture ${file.name} is left out: a text has one picture`)
  if (isRehearsal) return
  const picture = await keepPagePicture(house, bytes)
  if ('refused' in picture) return void kept.notes.push(`the picture ${file.name} is left out: ${picture.refused}`)
  const { id, inPage, large } = picture
  if (file.alt === '') kept.notes.push(`the picture ${file.name} says nothing to who cannot see it: its title stands for that; write what it shows with bin/altavoz picture … --alt`)
  kept.shown.pictureId = id
  kept.shown.picture = { alt: file.alt || text.title, credit: null, licence: null, inPage, large }
}

async function offerFile(
  house: CommandHouse, kept: KeptFiles, files: ShownFile[], file: IncomingFile, bytes: Uint8Array, lang: Lang, isRehearsal: boolean,
): Promise<void> {
  const kind = kindOfAttachment(Buffer.from(bytes))
  if (!kind) return void kept.notes.push(`the file ${file.name} is left out: it is no PDF, MP3, M4A, OGG, WAV, MP4 or WebM`)
  if (isRehearsal) return
  const title = file.alt || file.name.replace(/\.[a-z0-9]+$/i, '').replace(/[-_]+/g, ' ').trim()
  const { hash, byteSize } = await house.blobs.write(bytes)
  if (!files.some((one) => one.hash === hash)) files.push({ hash, name: fileName(title, kind.extension), title, mediaType: kind.mediaType, byteSize, lang })
}

/**
 * The bytes of an address in the uploads folder: by its last parts, the longest that is there. Nothing outside the folder
 * is read, whatever the address says and wherever a link in the folder leads.
 */
async function foundIn(uploads: string | undefined, address: string): Promise<Uint8Array | string> {
  if (uploads === undefined) return 'is left out: name the folder of the old site’s uploads with --uploads'
  const parts = partsOf(address)
  const root = await realpath(uploads)
  for (let from = 0; from < parts.length; from++) {
    const path = await realpath(join(root, ...parts.slice(from))).catch(() => undefined)
    if (!path?.startsWith(root + sep)) continue
    const found = await stat(path)
    if (!found.isFile()) continue
    return found.size > LARGEST ? 'is left out: it is larger than 200 MB' : readFile(path)
  }
  return `is left out: ${uploads} does not hold it`
}

function partsOf(address: string): string[] {
  try {
    const { pathname } = new URL(address, 'http://old.invalid')
    return decodeURIComponent(pathname).split('/').filter((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'))
  } catch {
    return []
  }
}
