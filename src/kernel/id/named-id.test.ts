import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedId } from '#kernel/id/named-id.ts'

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

test('the example of RFC 9562, appendix A.4', () => {
  expect(namedId(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  expect(namedId(DNS.toUpperCase(), 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

test('another name or another namespace gives another id, each of version 5', () => {
  const uuid = fc.uuid()
  const name = fc.string({ unit: 'grapheme' })
  fc.assert(fc.property(uuid, name, uuid, name, (space, one, otherSpace, other) => {
    const id = namedId(space, one)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(namedId(otherSpace, other) === id).toBe(space === otherSpace && one === other)
  }))
})

test('what is no UUID is no namespace', () => {
  for (const wrong of ['', '1', `${randomUUID()}0`, 'zzzzzzzz-9dad-11d1-80b4-00c04fd430c8']) expect(() => namedId(wrong, 'en')).toThrow('is not a UUID')
})
