import { timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** Seconds for which a code is the code, as every app takes it. */
const PERIOD = 30
/** What apps take without being told (RFC 6238 with its default hash): some pass over what an address says of them. */
const FORM = { algorithm: 'SHA1', digits: 6, period: PERIOD }
/** As long as what SHA-1 gives, which RFC 4226 (4, R6) recommends. */
const SECRET_BYTES = 20

/** The secret that an app and the house share: 20 random bytes in base32, 32 letters and digits that can also be typed. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/**
 * What a QR code gives to the app: `otpauth://totp/HOUSE:WHO?issuer=HOUSE&secret=…`. Apps show both names in their list.
 * @param who the person's name for signing in
 */
export function totpUri(secret: string, who: string, house: string): string {
  return new TOTP({ ...FORM, issuer: inUri(house), label: inUri(who), secret }).toString()
}

/** A colon parts the two names in these addresses, so neither may hold one. */
const inUri = (name: string) => name.replace(/[\s:]+/g, ' ').trim()

/** Steps before and after the present one that are taken: clocks go wrong, and people type slowly (RFC 6238, 5.2). */
const REACH = [-1, 0, 1]

/**
 * The step (30 s, counted from 1970) whose code this is, or undefined when it is none's. Whoever asks keeps it as the
 * person's `lastStep` in the transaction that let them in, with the row locked: a code seen over a shoulder, or caught by
 * a page that looks like ours, then opens nothing a second time.
 * @param secret base32, of `newTotpSecret`
 * @param code as typed: blanks and hyphens are passed over
 * @param lastStep of the last code that was taken; its step and all before it are used up
 */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant, lastStep: number | undefined): number | undefined {
  const digits = code.normalize('NFKC').replace(/[\s\p{Pd}]+/gu, '')
  if (!/^[0-9]{6}$/.test(digits)) return undefined
  const present = Math.floor(now.epochMilliseconds / 1000 / PERIOD)
  // Every step is compared, also after one was found: time tells nothing of which it was.
  const found = REACH.map((by) => present + by).filter((step) => isCodeOf(secret, step, digits))
  return found.find((step) => lastStep === undefined || step > lastStep)
}

function isCodeOf(secret: string, step: number, digits: string): boolean {
  const code = new TOTP({ ...FORM, secret }).generate({ timestamp: step * PERIOD * 1000 })
  return timingSafeEqual(Buffer.from(code), Buffer.from(digits))
}
