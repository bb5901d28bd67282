import { createHash, randomInt } from 'node:crypto'

/** Codes that a person gets at once, each for one time. */
const CODES = 10
const GROUPS = 4
const GROUP = 4
/**
 * Letters and digits that nobody takes for one another on paper: no 0 and o, 1 and l and i, 2 and z, 5 and s, 8 and b, 9
 * and g and q, u and v, m beside r and n. 20 signs, so 16 of them are 69 bits.
 */
const ALPHABET = '34679acdefhjknprtwxy'

const newCode = () =>
  Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-')

/** Ten codes such as `x4fd-9kea-ncr7-wp3y`, to be shown once; only their hashes are stored. */
export const newRecoveryCodes = (): string[] => Array.from({ length: CODES }, newCode)

/**
 * What is stored of a code, and looked up: 32 bytes of SHA-256, of the code as typed in any case, with or without hyphens.
 * A fast hash is enough because a machine chose the code, so that there are no likely ones to begin with. Argon2 makes a
 * password of 30 bits dear; these have 69, and a thousand of the fastest cards (2 × 10^10 tries a second each) need a
 * year to go through them. The groups are four and not three for that: 52 bits would fall in minutes.
 */
export const hashRecoveryCode = (typed: string): Buffer =>
  createHash('sha256').update(typed.normalize('NFKC').toLowerCase().replace(/[\s\p{Pd}]+/gu, '')).digest()
