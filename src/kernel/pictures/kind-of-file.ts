export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

const startsWith = (bytes: Uint8Array, start: number[], from = 0) => start.every((byte, i) => bytes[from + i] === byte)
const latin1 = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/**
 * What a file is by its first bytes. Its name and the type that a browser claims for it are not asked: a polyglot lies
 * with both, and a wrong extension is nobody's fault.
 */
export function kindOfFile(bytes: Uint8Array): PictureKind | 'svg' | 'other-format' | 'not-a-picture' {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (/^GIF8[79]a/.test(latin1(bytes, 0, 6))) return 'gif'
  if (latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 12) === 'WEBP') return 'webp'
  if (latin1(bytes, 4, 8) === 'ftyp') return isAvif(bytes) ? 'avif' : 'other-format'
  if (/^(BM|II\*\0|MM\0\*|8BPS|\0\0\x01\0|\0\0\0\x0cJXL |\xff\x0a)/.test(latin1(bytes, 0, 12))) return 'other-format'
  return isSvg(bytes) ? 'svg' : 'not-a-picture'
}

/** HEIC of telephones has the same box with other brands; its codec is not free, so it is not read. */
function isAvif(bytes: Uint8Array): boolean {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
  const box = latin1(bytes, 8, Math.min(length, 64, bytes.length))
  return box.includes('avif') && !box.startsWith('avis')
}

/** Also gzipped (SVGZ), in UTF-16, or behind comments: told apart only to say the right sentence; both are refused. */
function isSvg(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0x1f, 0x8b])) return true
  const start = latin1(bytes, 0, Math.min(bytes.length, 4096)).replaceAll('\0', '')
  return /<(?:[a-z]+:)?svg[\s>]/i.test(start) || /^[^<]{0,4}<\?xml/i.test(start)
}
