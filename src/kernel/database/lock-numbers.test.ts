import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

test('no two locks of the database have one number: a holder of the one would seem to hold the other', () => {
  const numbers = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(`src/${name}`, 'utf8').matchAll(/_LOCK = (0x[\da-f]+|[\d_]+)/g)].map(([, number]) => Number(number!.replaceAll('_', ''))))
  expect(numbers.length).toBeGreaterThan(3)
  expect(new Set(numbers).size).toBe(numbers.length)
})
