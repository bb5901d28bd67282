import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import type { House } from '#kernel/house.ts'
import { rangeOf } from '#kernel/web/byte-range.ts'
import { holds } from '#kernel/web/glance.ts'
import { writePlain } from '#kernel/web/writing.ts'

export const BLOB_PATH = /^\/blob\/([0-9a-f]{64})\/([A-Za-z0-9._~%-]{1,200})$/

/** Only these are shown inside a page; anything else is offered for saving, so that a file cannot act as a page of ours. */
const SHOWN = /^(image\/(avif|webp|jpeg|png|gif)|application\/pdf|audio\/|video\/)/

/**
 * A file, only while a published thing shows it: a draft's picture is as secret as the draft.
 * @returns false when there is no such file for a reader: then it is an address that never was
 */
export async function answerBlob(
  house: House, req: IncomingMessage, res: ServerResponse, path: string, base: readonly string[],
): Promise<boolean> {
  const hash = BLOB_PATH.exec(path)![1]!
  if (!(await house.mayShowBlob(hash))) return false
  const file = await house.blobs.find(hash)
  if (!file) return false
  const size = file.byteSize
  const etag = `"${hash}"`
  // The bytes of a hash never change, but whether they may be shown does: so it is asked each time.
  const headers = [
    ...base, 'Content-Type', file.mediaType, 'ETag', etag, 'Accept-Ranges', 'bytes', 'Cache-Control', 'no-cache',
    ...(SHOWN.test(file.mediaType) ? [] : ['Content-Disposition', 'attachment']),
  ]
  const isHead = req.method === 'HEAD'
  const { 'if-none-match': held, 'if-range': ifRange } = req.headers
  if (held !== undefined && holds(held, etag)) {
    res.writeHead(304, headers)
    res.end()
    return true
  }
  // A part of other bytes must not be joined to a part of these.
  const range = ifRange !== undefined && ifRange !== etag ? 'whole' : rangeOf(req.headers.range, size)
  if (range === 'outside') {
    writePlain(res, 416, [...base, 'Content-Range', `bytes */${size}`, 'Content-Type', 'text/plain'], 'No such part.\n', isHead)
    return true
  }
  const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range
  const part = range === 'whole' ? [] : ['Content-Range', `bytes ${first}-${last}/${size}`]
  res.writeHead(range === 'whole' ? 200 : 206, [...headers, ...part, 'Content-Length', String(last - first + 1)])
  if (isHead || size === 0) res.end()
  else pipeline(createReadStream(file.path, { start: first, end: last }), res, () => {})
  return true
}
