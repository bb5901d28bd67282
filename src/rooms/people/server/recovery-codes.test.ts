import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes } from '#rooms/people/server/recovery-codes.ts'

test('ten codes of 69 bits, in groups, without signs that look alike', () => {
  const codes = Array.from({ length: 200 }, newRecoveryCodes).flat()
  expect(newRecoveryCodes()).toHaveLength(10)
  expect(new Set(codes).size).toBe(2000)
  for (const code of codes) {
    expect(code).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/)
    expect(code).not.toMatch(/[0o1li2z5s8bgquvm]/)
  }
  const signs = new Map<string, number>()
  for (const sign of codes.join('').replaceAll('-', '')) signs.set(sign, (signs.get(sign) ?? 0) + 1)
  // 32,000 signs: each of the twenty about 1,600 times (σ = 39), which is what makes 16 of them 69 bits.
  expect(16 * Math.log2(signs.size)).toBeGreaterThan(69)
  for (const [sign, times] of signs) expect(Math.abs(times - 1600), sign).toBeLessThan(8 * 39)
})

test('typed back with or without hyphens, in any case, it is the same code', () => {
  const code = 'x4fd-9kea-ncr7-wp3y'
  const kept = createHash('sha256').update('x4fd9keancr7wp3y').digest()
  for (const typed of [code, code.toUpperCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')}\n`, code.replaceAll('-', '–'), 'ｘ４fd-9kea-ncr7-wp3y'])
    expect(hashRecoveryCode(typed)).toEqual(kept)
  for (const other of ['', code.slice(1), `${code}3`, 'x4fd-9kea-ncr7-wp3w', 'x4fd.9kea.ncr7.wp3y']) expect(hashRecoveryCode(other)).not.toEqual(kept)
})
