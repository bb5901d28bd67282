import { expect, test } from 'vitest'
import { securityHeaders } from '#kernel/web/security-headers.ts'

const of = (framing?: 'none' | 'frames' | 'framed') => {
  const headers = securityHeaders(`'sha256-x'`, true, [], [], framing)
  const value = (name: string) => headers[headers.indexOf(name) + 1]!
  return { policy: value('Content-Security-Policy').split('; '), referrer: value('Referrer-Policy') }
}

test('a page stands in no frame, and shows none; that of a preview stands in pages of this house alone, and tells no address where it came from', () => {
  expect(of().policy).toContain(`frame-ancestors 'none'`)
  expect(of().policy.filter((one) => one.startsWith('frame-src'))).toEqual([])
  expect(of('frames').policy).toEqual(expect.arrayContaining([`frame-ancestors 'none'`, `frame-src 'self'`]))
  expect([of('framed').policy.includes(`frame-ancestors 'self'`), of('framed').referrer, of('frames').referrer]).toEqual([true, 'no-referrer', 'same-origin'])
  expect(of('framed').policy.filter((one) => /^(script|frame)-src/.test(one))).toEqual([])
})
