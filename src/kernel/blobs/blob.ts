export interface StoredFile {
  /** SHA-256 of the bytes, in hexadecimal: the file's only name. */
  hash: string
  byteSize: number
}

export const isBlobHash = (text: string) => /^[0-9a-f]{64}$/.test(text)

/** What was sent is larger than what it is for may be. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

/** How long a file that nothing shows is kept, so that an undone deletion finds it again. */
export const UNUSED_FOR = Temporal.Duration.from({ hours: 7 * 24 })
