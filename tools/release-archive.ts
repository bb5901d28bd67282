/** An archive whose bytes depend on nothing but names and contents: sorted, one time for all, nobody's user. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'

export interface Entry {
  /** As it stands in the archive. */
  name: string
  /** A file or symbolic link on this machine, or bytes. */
  from: string | Buffer
}

/** Every file and link below a folder of this machine. Folders are made by unpacking. */
export function* entriesBelow(folder: string, as: string, isWanted: (path: string) => boolean = () => true): Generator<Entry> {
  for (const { name, isFolder } of readdirSync(folder, { withFileTypes: true }).map((one) => ({ name: one.name, isFolder: one.isDirectory() }))) {
    const path = join(folder, name)
    if (isFolder) yield* entriesBelow(path, `${as}/${name}`, isWanted)
    else if (isWanted(path)) yield { name: `${as}/${name}`, from: path }
  }
}

/** @returns the SHA-256 of the archive */
export async function writeArchive(file: string, entries: Entry[], time: Date): Promise<string> {
  const tar = pack()
  const hash = createHash('sha256')
  const filling = fill(tar, entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)), time)
  await Promise.all([
    filling,
    // Node's gzip writes no time and no name into its head.
    pipeline(tar, createGzip({ level: 9 }), async function* (parts) {
      for await (const part of parts as AsyncIterable<Buffer>) {
        hash.update(part)
        yield part
      }
    }, createWriteStream(file, { flags: 'wx' })),
  ])
  return hash.digest('hex')
}

async function fill(tar: Pack, entries: Entry[], mtime: Date) {
  try {
    for (const { name, from } of entries) {
      const who = { name, mtime, uid: 0, gid: 0, uname: 'root', gname: 'root' }
      if (Buffer.isBuffer(from)) await put(tar, { ...who, mode: 0o644 }, from)
      else {
        const found = lstatSync(from)
        if (found.isSymbolicLink()) await put(tar, { ...who, mode: 0o777, type: 'symlink', linkname: readlinkSync(from) })
        else if (found.size < 1_000_000) await put(tar, { ...who, mode: modeOf(found.mode) }, readFileSync(from))
        else await pipeline(createReadStream(from), tar.entry({ ...who, mode: modeOf(found.mode), size: found.size }))
      }
    }
    tar.finalize()
  } catch (error) {
    tar.destroy(error as Error)
    throw error
  }
}

/** The umask of whoever installed is nobody's concern. */
const modeOf = (mode: number) => (mode & 0o100 ? 0o755 : 0o644)

function put(tar: Pack, header: Parameters<Pack['entry']>[0], bytes?: Buffer): Promise<void> {
  return new Promise((done, failed) => {
    tar.entry(header, bytes ?? '', (error) => (error ? failed(error) : done()))
  })
}
