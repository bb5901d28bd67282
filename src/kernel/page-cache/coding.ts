import { brotliCompress, brotliCompressSync, brotliDecompressSync, constants, gzipSync } from 'node:zlib'

export const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

/** Brotli 9 takes a hundred times as long as 5 for the same bytes at this window; only 11 is smaller. */
const FIRST_QUALITY = 5
const LAST_QUALITY = 11

const brotli = (quality: number) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 18 },
})

export function encode(body: Buffer, coding: Coding): Buffer {
  if (coding === 'br') return brotliCompressSync(body, brotli(FIRST_QUALITY))
  return coding === 'gzip' ? gzipSync(body, { level: 6 }) : body
}

/** The smallest Brotli, made on libuv's threads: pages are served meanwhile. */
export function encodeSmallest(body: Buffer): Promise<Buffer> {
  return new Promise((done, failed) =>
    brotliCompress(body, brotli(LAST_QUALITY), (error, bytes) => (error ? failed(error) : done(bytes))))
}

export const decodeBrotli = (bytes: Buffer): Buffer => brotliDecompressSync(bytes)

const MOST_KEPT = 200
const known = new Map<string, Coding>()

/**
 * Which coding a reader gets (RFC 9110 12.5.3). Browsers send a handful of different headers, so answers are kept; a
 * stranger who sends thousands leaves no more than a small table that begins anew.
 */
export function negotiateCoding(accepted: string | undefined): Coding {
  if (accepted === undefined) return 'identity'
  const kept = known.get(accepted)
  if (kept) return kept
  const coding = chooseCoding(accepted)
  if (accepted.length > 100) return coding
  if (known.size >= MOST_KEPT) known.clear()
  known.set(accepted, coding)
  return coding
}

function chooseCoding(accepted: string): Coding {
  const weights = new Map<string, number>()
  for (const part of accepted.slice(0, 500).toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    weights.set(name === 'x-gzip' ? 'gzip' : name, weight >= 0 && weight <= 1 ? weight : 0)
  }
  const weightOf = (coding: Coding) => weights.get(coding) ?? (coding === 'identity' ? undefined : weights.get('*'))
  const br = weightOf('br') ?? 0
  const gzip = weightOf('gzip') ?? 0
  // An identity that is not named is acceptable, and least wanted.
  const identity = weightOf('identity') ?? 0.0001
  if (br > 0 && br >= gzip && br >= identity) return 'br'
  return gzip > 0 && gzip >= identity ? 'gzip' : 'identity'
}
