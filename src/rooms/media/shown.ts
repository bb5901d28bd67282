import type { Lang } from '#kernel/language/language.ts'
import type { PictureFile } from '#kernel/pictures/picture.ts'

// What a text shows beside its words. Frozen with the revision, down to the hash of each file: it is agreed to with the rest.

/** Of what readers are shown, never frozen: what it is not to be passed on for. */
export interface KeptFrom { keptFrom?: readonly ('prints' | 'networks')[] }

/** Whether the people in it agree that other sites, feed readers and search engines have it too. */
export const mayPassOn = ({ keptFrom = [] }: KeptFrom): boolean => !keptFrom.includes('networks')

export interface ShownPicture extends KeptFrom {
  /** What it shows, for who does not see it; in the text's language. */
  alt: string
  credit: string | null
  licence: string | null
  /** Stands in the page: of each format the widest that is light enough, the last one a JPEG, which all browsers know. */
  inPage: PictureFile[]
  /** What a tap leads to. */
  large: PictureFile
}

export interface ShownFile extends KeptFrom {
  hash: string
  /** Last part of its address: letters of ASCII, digits, hyphens, one point. */
  name: string
  title: string
  mediaType: string
  byteSize: number
  /** Of a film, where it is known: an upright one is not squeezed into a wide window. */
  shape?: { width: number; height: number }
  /** The language spoken or written in it. */
  lang: Lang
  /** Captions of a video or of a recording, WebVTT. */
  captions?: { hash: string; lang: Lang }
}

/** Texts that belong together, in their order; the text itself is one of them. */
export interface Series {
  name: string
  items: string[]
}

export const blobPath = (hash: string, name: string) => `/blob/${hash}/${name}`

export const pictureName = ({ format, width }: PictureFile) => `${width}.${format === 'jpeg' ? 'jpg' : format}`

/** Every file that a revision shows: while it is public, these may be asked for. */
export function hashesOf({ picture, files = [] }: { picture?: ShownPicture; files?: ShownFile[] }): string[] {
  const shown = [
    ...(picture ? [...picture.inPage, picture.large].map(({ hash }) => hash) : []),
    ...files.flatMap(({ hash, captions }) => (captions ? [hash, captions.hash] : [hash])),
  ]
  return [...new Set(shown)]
}

/** `Informe: qué pedimos` → `informe-que-pedimos.pdf`. The name that the file had on somebody's computer is not told. */
export function fileName(title: string, extension: string): string {
  const plain = title.normalize('NFKD').replace(/[^\x20-\x7e]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80).replace(/-$/, '')
  return `${plain || 'file'}.${extension}`
}
