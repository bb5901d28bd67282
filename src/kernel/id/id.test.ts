import { expect, test } from 'vitest'
import { isId, newId, newSecretId } from './id.ts'

test('an id tells its moment; a secret id tells nothing', () => {
  const before = Date.now()
  const time = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(Date.now())
  expect(newId()[14]).toBe('7')
  expect(newSecretId()[14]).toBe('4')
})

test('a thousand ids differ, and are ids', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect(new Set(ids).size).toBe(1000)
  expect([...ids, newSecretId()].every(isId)).toBe(true)
  expect(['', 'x', newId().toUpperCase() + 'x', null, newId().replace(/(?<=^.{14})7/, '1')].some(isId)).toBe(false)
})
