import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HouseNames, TrustedProxies } from '#kernel/web/names.ts'

const names = new HouseNames(['https://alliance.example', 'http://alliance.example:8080'])

test.each([
  'alliance.example', 'ALLIANCE.example', 'alliance.example:443', 'alliance.example:8080', 'localhost', 'localhost:3000',
  '127.0.0.1:3000', '[::1]:3000',
])('answers for %s', (host) => expect(names.answersFor(host)).toBe(true))

test.each([
  undefined, '', 'evil.example', 'alliance.example.evil.example', 'evil.example/alliance.example', 'alliance.example:80', 'localhost.evil.example',
  'alliance.example,', 'alliance.example@evil.example', '127.0.0.2', 'localhost:999999',
])('does not answer for %s', (host) => expect(names.answersFor(host)).toBe(false))

test('a form is compared with the scheme that the name stands with, or that a trusted proxy names', () => {
  expect(names.originOf('alliance.example', undefined)).toBe('https://alliance.example')
  expect(names.originOf('localhost:3000', undefined)).toBe('http://localhost:3000')
  const proxies = new TrustedProxies(['10.0.0.0/8', '::1'])
  expect(proxies.protocolFrom('10.1.2.3', 'https')).toBe('https')
  expect(proxies.protocolFrom('::ffff:10.1.2.3', 'http, https')).toBe('https')
  expect(proxies.protocolFrom('::1', 'https')).toBe('https')
})

test('a stranger’s X-Forwarded-Proto is not believed, nor a word that is no scheme', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8'])
  expect(proxies.protocolFrom('192.0.2.1', 'https')).toBeUndefined()
  expect(proxies.protocolFrom(undefined, 'https')).toBeUndefined()
  fc.assert(fc.property(fc.string(), (word) => {
    expect([undefined, 'http', 'https']).toContain(proxies.protocolFrom('10.0.0.1', word))
  }))
})
