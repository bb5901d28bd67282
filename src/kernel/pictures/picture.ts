/** What a rendition may be, best first: a browser takes the first that it knows. */
export const FORMATS = ['avif', 'webp', 'jpeg'] as const
export type PictureFormat = (typeof FORMATS)[number]

export const WIDTHS = [480, 960, 1440] as const

/** Largest file that is accepted, and the most pixels that it may unfold into: a bomb of 1 MB can hold a thousand millions. */
export const MOST_BYTES = 25_000_000
export const MOST_PIXELS = 60_000_000
/** The longer side of what is kept: enough for a page of print. */
export const LONGEST_SIDE = 3200

export interface Rendition {
  format: PictureFormat
  width: number
  height: number
  hash: string
}

/** A rendition with its weight. */
export interface PictureFile extends Rendition {
  byteSize: number
}

/** A page weighs little before a tap: no picture in it above this many bytes. */
export const MOST_BEFORE_TAP = 40_000

export interface Picture {
  id: string
  width: number
  height: number
  renditions: Rendition[]
}

/** Why a file is not taken as a picture. */
export type PictureRefusal =
  | 'not-a-picture'
  /** SVG is a document that can carry script and fetch from elsewhere. */
  | 'svg'
  /** A picture, of a kind that no browser shows or that this program does not read. */
  | 'other-format'
  | 'too-large'
  | 'too-many-pixels'
  | 'animated'
  | 'damaged'

/** The widths to make of a picture: none above its own, and its own when it is narrower than the widest. */
export function widthsOf(width: number): number[] {
  const widest = WIDTHS.at(-1)!
  return [...new Set([...WIDTHS.filter((wanted) => wanted < width), Math.min(width, widest)])].sort((a, b) => a - b)
}
