import { Secret, TOTP, URI } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpUri } from '#rooms/people/server/one-time-code.ts'

/** RFC 6238, appendix B: the secret, and for each moment (seconds from 1970) the code of eight digits with SHA-1. */
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32
const VECTORS: [number, string][] = [
  [59, '94287082'], [1111111109, '07081804'], [1111111111, '14050471'], [1234567890, '89005924'], [2000000000, '69279037'], [20000000000, '65353130'],
]
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
const NOW = 1_800_000_015
const STEP = 60_000_000
const codeAt = (secret: string, step: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: step * 30_000 })

test.each(VECTORS)('RFC 6238, appendix B: at %i s the code ends in that of %s', (seconds, code) => {
  // Six digits are the last six of eight: both are the same number, cut (RFC 4226, 5.3).
  expect(stepOfCode(RFC_SECRET, code.slice(2), at(seconds), undefined)).toBe(Math.floor(seconds / 30))
  expect(stepOfCode(RFC_SECRET, code, at(seconds), undefined)).toBeUndefined()
})

test('a step before and after is taken, and no further one', () => {
  const taken = (step: number) => stepOfCode(RFC_SECRET, codeAt(RFC_SECRET, step), at(NOW), undefined)
  expect([-2, -1, 0, 1, 2].map((by) => taken(STEP + by))).toEqual([undefined, STEP - 1, STEP, STEP + 1, undefined])
  // To the second: a step lasts from its first to just before the next.
  const code = codeAt(RFC_SECRET, STEP)
  const takenAt = (seconds: number) => stepOfCode(RFC_SECRET, code, at(seconds), undefined)
  expect([STEP * 30 - 31, STEP * 30 - 30, STEP * 30 + 59, STEP * 30 + 60].map(takenAt)).toEqual([undefined, STEP, STEP, undefined])
})

test('a code opens once, and none before it opens later', () => {
  const taken = (step: number, last: number) => stepOfCode(RFC_SECRET, codeAt(RFC_SECRET, step), at(NOW), last)
  expect(taken(STEP, STEP)).toBeUndefined()
  expect(taken(STEP - 1, STEP)).toBeUndefined()
  expect(taken(STEP, STEP + 1)).toBeUndefined()
  expect(taken(STEP, STEP - 1)).toBe(STEP)
  expect(taken(STEP + 1, STEP)).toBe(STEP + 1)
})

test('as people type it', () => {
  const code = codeAt(RFC_SECRET, STEP)
  const wide = code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
  for (const typed of [code, ` ${code.slice(0, 3)} ${code.slice(3)} `, `${code.slice(0, 3)}-${code.slice(3)}`, wide])
    expect(stepOfCode(RFC_SECRET, typed, at(NOW), undefined)).toBe(STEP)
  for (const typed of ['', code.slice(1), `${code}0`, `+${code.slice(1)}`, 'abcdef', '12345é', '1e5', '9'.repeat(100_000)])
    expect(stepOfCode(RFC_SECRET, typed, at(NOW), undefined)).toBeUndefined()
})

test('another person’s code is none of mine', () => {
  const [mine, theirs] = [newTotpSecret(), newTotpSecret()]
  const codes = [-1, 0, 1].map((by) => codeAt(mine, STEP + by))
  // Of a million codes two may be alike: this one is not.
  const step = Array.from({ length: 50 }, (_, n) => STEP + 10 + n).find((one) => !codes.includes(codeAt(theirs, one)))!
  expect(stepOfCode(mine, codeAt(theirs, step), at(NOW), undefined)).toBeUndefined()
})

test('a secret is 20 random bytes, which its base32 gives back', () => {
  const secrets = Array.from({ length: 500 }, newTotpSecret)
  expect(new Set(secrets).size).toBe(500)
  for (const secret of secrets) {
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
  }
})

test('an app reads both names and the secret from the address', () => {
  const secret = newTotpSecret()
  const uri = totpUri(secret, 'María: editora', 'Alianza: Derechos & más')
  expect(uri).toMatch(/^otpauth:\/\/totp\/[^/?:]+:[^/?:]+\?/)
  expect(decodeURIComponent(uri)).toContain('totp/Alianza Derechos & más:María editora?')
  const read = URI.parse(uri)
  expect(read).toMatchObject({ issuer: 'Alianza Derechos & más', label: 'María editora', algorithm: 'SHA1', digits: 6, period: 30 })
  expect(read.secret.base32).toBe(secret)
})
