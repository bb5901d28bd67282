import { expect, test } from 'vitest'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'

const at = (address: string) => sessionCookieAt(new URL(address))

test('on https a session is bound to its host, on the machine itself it needs no https', () => {
  expect(at('https://alliance.example/desk')).toEqual({ name: '__Host-altavoz', secure: true })
  for (const own of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) expect(at(own), own).toEqual({ name: 'altavoz', secure: false })
})

test('an onion name is encrypted by Tor and signs in without https, with a cookie of its own', () => {
  const onion = 'o'.repeat(56)
  expect(at(`http://${onion}.onion`)).toEqual({ name: 'onion-altavoz', secure: false })
  expect(at(`https://${onion}.onion`)).toEqual({ name: '__Host-altavoz', secure: true })
  for (const open of [`http://${onion}.onion.evil.example`, 'http://short.onion', `http://evil.${onion}.onion`, 'http://onion']) expect(at(open), open).toBeUndefined()
})

test('where it would cross the network in the open there is none', () => {
  for (const open of ['http://alliance.example', 'http://192.168.1.5:3000', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example']) expect(at(open), open).toBeUndefined()
})
