import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { isCommon } from '#rooms/people/server/guessed-passwords.ts'
import { charactersIn, FEWEST_CHARACTERS, isTooLong, normalised } from '#rooms/people/server/password-text.ts'

/** Argon2id; as OWASP's Password Storage Cheat Sheet asks: 19 MiB, two passes, one lane. Some 40 ms of a small server, and each guess costs as much. */
const ARGON2ID = 2
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/**
 * @returns a PHC string, which names its own salt and cost: when COST grows, hashes made before still verify
 * @throws when the password is longer than is ever looked at: ask `obstacleToPassword` first
 */
export async function hashPassword(password: string): Promise<string> {
  if (isTooLong(password)) throw new Error('a password that is too long is refused before it is hashed')
  return hash(normalised(password), COST)
}

/**
 * Whether this is the password of that hash. One that is too long never is, and is answered at once: that tells only
 * what whoever typed it knows.
 * @param phc of `hashPassword`, or `NO_PASSWORD_HASH` where nobody has that name or no password is set
 * @throws when `phc` is no hash at all
 */
export async function isPassword(phc: string, password: string): Promise<boolean> {
  return !isTooLong(password) && verify(phc, normalised(password))
}

const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '')

/**
 * What to verify against for a name that nobody has: else a quick answer would tell who may sign in here. Written and not
 * computed, so that no start waits for it: its digest is random, and no password is known that has it. Verifying costs
 * what it costs for any other hash.
 */
export const NO_PASSWORD_HASH =
  `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${base64(16)}$${base64(COST.outputLen)}`

export type ObstacleToPassword = 'too-short' | 'too-long' | 'too-common' | 'about-you'

/** How people in our languages say “password”, and the name of this program. */
const FIRST_GUESSES = ['password', 'passwort', 'contraseña', 'clave', 'senha', 'mot de passe', 'modpas', 'altavoz']

/**
 * Why this may not become somebody's password, or undefined when it may. No rule asks for capitals or signs: these make
 * passwords harder to keep in mind and no harder to guess (NIST SP 800-63B, 3.1.1.2).
 * @param about what others know of the person: their name, their mail address, the names of their organisation and of the house
 */
export function obstacleToPassword(password: string, about: readonly string[]): ObstacleToPassword | undefined {
  if (isTooLong(password)) return 'too-long'
  if (charactersIn(password) < FEWEST_CHARACTERS) return 'too-short'
  if (isCommon(password) || isLittleMoreThan(FIRST_GUESSES, password)) return 'too-common'
  return isLittleMoreThan(about, password) ? 'about-you' : undefined
}

/** Without case and accents, which are the first things that a guess varies. */
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()

const lettersOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** Different signs that must stand beside such words. */
const FEWEST_OTHERS = 6

/** Whether hardly anything is left of a password without these words: a few signs, a year, a day of birth. */
function isLittleMoreThan(texts: readonly string[], password: string): boolean {
  const words = texts.flatMap((text) => [...lettersOf(plain(text)), lettersOf(plain(text)).join('')])
    .filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
  const whole = plain(password)
  const rest = words.reduce((left, word) => left.replaceAll(word, ' '), whole)
  if (rest === whole) return false
  const others = lettersOf(rest).join('')
  return new Set(others).size < FEWEST_OTHERS || /^\p{N}{1,8}$/u.test(others)
}
