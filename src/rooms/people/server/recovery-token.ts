import { createHash, randomBytes } from 'node:crypto'

const RANDOM_BYTES = 32
const TIME_BYTES = 4
const SHAPE = /^[\w-]{48}$/
const CODES = 1_000_000
const CODE_BYTES = 6

/**
 * The address of a page of recovery: 32 random bytes, and until when it works (seconds since 1970, 4 bytes), as base64url.
 * The time stands in it so that the page of a name that nobody has, of which nothing is kept, ends when any other does.
 */
export function newRecoveryToken(until: Temporal.Instant): string {
  const time = Buffer.alloc(TIME_BYTES)
  time.writeUInt32BE(Math.floor(until.epochMilliseconds / 1000))
  return Buffer.concat([randomBytes(RANDOM_BYTES), time]).toString('base64url')
}

/** Until when a page works; undefined for what is no such address. Whoever changes the time has another address, which is nobody's. */
export function endOfToken(token: string): Temporal.Instant | undefined {
  if (!SHAPE.test(token)) return undefined
  return Temporal.Instant.fromEpochMilliseconds(Buffer.from(token, 'base64url').readUInt32BE(RANDOM_BYTES) * 1000)
}

/** The six digits that she tells her colleagues, made of the token, so that every page has some and none must be kept to be shown. */
export function spokenCodeOf(token: string): string {
  const bytes = createHash('sha256').update('spoken code of ').update(token).digest()
  return String(bytes.readUIntBE(0, CODE_BYTES) % CODES).padStart(6, '0')
}
