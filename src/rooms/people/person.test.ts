import fc from 'fast-check'
import { expect, test } from 'vitest'
import { obstacleToName, obstacleToSignInName, signInKey } from '#rooms/people/person.ts'

test('case, accents and spaces around it make no other sign-in name', () => {
  for (const typed of ['María.José', 'maria.jose', ' MARIA.JOSÉ ', 'ＭＡＲＩＡ.jose', 'Mari\u0301a.jose']) expect(signInKey(typed), typed).toBe('maria.jose')
  expect(signInKey('nina')).not.toBe(signInKey('mina'))
})

test('what is compared does not change when it is compared again', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => signInKey(signInKey(name)) === signInKey(name)))
})

test('a sign-in name is three to forty letters or digits, of any script', () => {
  for (const good of ['ana', 'Nanã_2', 'Élodie', 'мария', 'a.b-c', 'x'.repeat(40)]) expect(obstacleToSignInName(good), good).toBeNull()
  for (const bad of ['', 'ab', 'a b c', '.ana', 'ana@example.org', 'x'.repeat(41), 'ana\u0000', 'ana\nb']) expect(obstacleToSignInName(bad), bad).toBe('malformed-sign-in-name')
})

test('she is called as she wants, in one line', () => {
  for (const good of ['Luz', 'La de la esquina', '李', 'Ana 🌂']) expect(obstacleToName(good), good).toBeNull()
  expect(obstacleToName('  ')).toBe('no-name')
  expect(obstacleToName('Ana\nLuz')).toBe('no-name')
  expect(obstacleToName('a'.repeat(81))).toBe('name-too-long')
})
