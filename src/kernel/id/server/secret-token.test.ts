import { expect, test } from 'vitest'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'

test('a token is 32 random bytes that an address and a cookie can hold', () => {
  const tokens = Array.from({ length: 1000 }, newToken)
  expect(new Set(tokens).size).toBe(1000)
  for (const token of tokens) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  }
})

test('of a token only its SHA-256 is stored (vector of FIPS 180-2)', () => {
  expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  const token = newToken()
  expect(hashToken(token)).toEqual(hashToken(token))
  expect(hashToken(token)).not.toEqual(hashToken(newToken()))
})
