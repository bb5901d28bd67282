import { expect, test } from 'vitest'
import { isCounterBack, obstacleToEndingPasskey, obstacleToLabel, passkeyHosts, passkeyPlaceAt } from '#rooms/people/passkey.ts'

test('a passkey belongs to a name, and a bare address has none', () => {
  expect(passkeyPlaceAt(new URL('https://alliance.example/desk'))).toEqual({ origin: 'https://alliance.example', rpId: 'alliance.example' })
  expect(passkeyPlaceAt(new URL('http://localhost:3000'))).toEqual({ origin: 'http://localhost:3000', rpId: 'localhost' })
  for (const bare of ['https://192.168.1.5', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://[2001:db8::1]']) expect(passkeyPlaceAt(new URL(bare)), bare).toBeUndefined()
  expect(passkeyHosts(['https://one.example', 'http://one.example:8080', 'https://10.0.0.1', 'http://two.onion'])).toEqual(['one.example', 'two.onion'])
})

test.each([
  [0n, 0, false], [0n, 1, false], [1n, 2, false], [5n, 5, true], [5n, 4, true], [5n, 0, true], [2n ** 31n, 1, true],
])('after %i a counter of %i went back: %s', (kept, brought, back) => expect(isCounterBack(kept, brought)).toBe(back))

test('the last way in cannot be ended, nor what is not hers', () => {
  expect(obstacleToEndingPasskey({ hasPassword: false, passkeys: ['a'] }, 'a')).toBe('last-way')
  expect(obstacleToEndingPasskey({ hasPassword: true, passkeys: ['a'] }, 'a')).toBeNull()
  expect(obstacleToEndingPasskey({ hasPassword: false, passkeys: ['a', 'b'] }, 'a')).toBeNull()
  expect(obstacleToEndingPasskey({ hasPassword: true, passkeys: ['b'] }, 'a')).toBe('not-found')
})

test('its name is one line of sixty characters at most', () => {
  for (const good of ['laptop', 'teléfono azul 🌂', 'x'.repeat(60)]) expect(obstacleToLabel(good), good).toBeNull()
  expect([' ', 'a\nb', 'x'.repeat(61)].map(obstacleToLabel)).toEqual(['no-label', 'no-label', 'label-too-long'])
})
