import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { programFile } from '#kernel/program-file.ts'
import { normalised } from '#rooms/people/server/password-text.ts'

/** Passwords in the list, each of ten characters or more: shorter ones are refused without it. */
export const COUNT = 100_000
/** Bytes of a digest. A password that is not in the list is taken for one that is once in 2^48 / 100,000: 2.8 thousand million times. */
const WIDTH = 6

/** How a password stands in the list: people who are made to use capitals write `Password1234`, and so do those who guess. */
export function digestOf(password: string): Buffer {
  return createHash('sha256').update(normalised(password).toLowerCase()).digest().subarray(0, WIDTH)
}

let list: Buffer | undefined

/** Whether a password is among the commonest (`guessed-passwords/README.md`), in whatever case. Reads the list, 600 KB, when first asked. */
export function isCommon(password: string): boolean {
  list ??= readFileSync(programFile(import.meta.url, './guessed-passwords/digests.bin', 'guessed-passwords/digests.bin'))
  const wanted = digestOf(password).readUIntBE(0, WIDTH)
  let [low, high] = [0, list.length / WIDTH]
  while (low < high) {
    const middle = (low + high) >>> 1
    const there = list.readUIntBE(middle * WIDTH, WIDTH)
    if (there === wanted) return true
    if (there < wanted) low = middle + 1
    else high = middle
  }
  return false
}
