import { inflateRawSync } from 'node:zlib'
import { NotReadable } from '#rooms/media/import/decoding.ts'

const MOST_ENTRIES = 2000
const MOST_INFLATED = 100 * 1024 * 1024
const [ENTRY, END, LOCAL] = [0x02014b50, Buffer.from([0x50, 0x4b, 5, 6]), 0x04034b50]
const UNIX = 3
const [SYMLINK, FILE_TYPE] = [0o120000, 0o170000]

/**
 * Looks through a zip archive before anything else opens it: counts its entries, really inflates each and counts the bytes
 * (what an archive says of its size may be a lie), and refuses names and links that lead out of it, and XML with a DOCTYPE.
 * @throws NotReadable
 */
export function checkZip(archive: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  try {
    return look(bytes)
  } catch (error) {
    if (error instanceof NotReadable) throw error
    throw new NotReadable('it is no whole zip archive, so it is no .docx: open it in your word processor and save it again')
  }
}

function look(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(END)
  if (end < 0) throw new Error('no end of central directory')
  const count = bytes.readUInt16LE(end + 10)
  if (count > MOST_ENTRIES) throw new NotReadable(`it holds ${count} files, more than the ${MOST_ENTRIES} that any document needs`)
  const found = new Map<string, Buffer>()
  let [at, total] = [bytes.readUInt32LE(end + 16), 0]
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('no entry')
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)]
    const [packed, nameLength, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const mode = bytes.readUInt8(at + 5) === UNIX ? bytes.readUInt32LE(at + 38) >>> 16 : 0
    refuse(name, flags, mode, found)
    const data = inflate(bytes, start, packed, method, MOST_INFLATED - total)
    total += data.length
    if (/\.(xml|rels)$/i.test(name) && hasDoctype(data)) {
      throw new NotReadable(`“${name}” in it holds a DOCTYPE, which no document has: it was not read`)
    }
    found.set(name, data)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  // The reader behind this goes on while entries follow, shifts what bytes stand between, and takes numbers of its own from a ZIP64 end:
  // it is to read the very directory that was looked through.
  const [disk, first, here] = [4, 6, 8].map((of) => bytes.readUInt16LE(end + of))
  if (at !== end || disk !== 0 || first !== 0 || here !== count || bytes.readUInt32LE(end + 16) + bytes.readUInt32LE(end + 12) !== end) throw new Error('not one directory')
  return found
}

function refuse(name: string, flags: number, mode: number, found: Map<string, Buffer>) {
  if (flags & 1) throw new NotReadable('it is encrypted: open it with its password, save it without, and import that')
  if (/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name)) throw new NotReadable('it holds a file whose name leads out of the archive: it was not read')
  if ((mode & FILE_TYPE) === SYMLINK) throw new NotReadable('it holds a symbolic link, which no document has: it was not read')
  if (found.has(name)) throw new NotReadable('it holds two files of one name: it was not read')
}

/** XML of a document is UTF-8 or UTF-16; the zeros of the latter are taken out before looking. */
const hasDoctype = (data: Buffer) => /<!DOCTYPE|<!ENTITY/i.test(data.toString('latin1').replaceAll('\0', ''))

function inflate(bytes: Buffer, start: number, packed: number, method: number, most: number): Buffer {
  if (bytes.readUInt32LE(start) !== LOCAL) throw new Error('no local header')
  const from = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  const data = bytes.subarray(from, from + packed)
  if (data.length !== packed || (method !== 0 && method !== 8)) throw new Error('cut off')
  const bomb = new NotReadable(`it would unpack to more than ${MOST_INFLATED / 1024 / 1024} MB: it was not read`)
  if (method === 0 && packed > most) throw bomb
  if (method === 0 || packed === 0) return data
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(most, 1) })
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? bomb : error
  }
}
