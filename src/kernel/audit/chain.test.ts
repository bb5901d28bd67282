import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, GENESIS, linkHash, parseHead, writeHead } from '#kernel/audit/chain.ts'

const entry = {
  id: 7n, at: Temporal.Instant.from('2026-11-24T12:00:00.123456Z'), actor: 'operator', act: 'open-site', subject: 'site',
  detail: { key: 'zone', after: { b: 1, a: [1, 2] } },
}

test('the hash of an entry is the same in every program that spells it the same way', () => {
  // Printed by: printf %s '["0…0","7","2026-11-24T12:00:00.123456Z","operator","open-site","site",{"after":…}]' | sha256sum
  expect(linkHash(GENESIS, entry)).toBe('99062561d85f190eeefcdbde0b98ce40c8908a17a7af143a065d350b428f21ed')
  expect(linkHash(GENESIS, entry)).toBe(linkHash(GENESIS, { ...entry, detail: { after: { a: [1, 2], b: 1 }, key: 'zone' } }))
})

test('every part of an entry, and what stands before it, is under the hash', () => {
  const hash = linkHash(GENESIS, entry)
  const others = [
    { ...entry, id: 8n }, { ...entry, at: entry.at.add({ microseconds: 1 }) }, { ...entry, actor: 'system' },
    { ...entry, act: 'close-site' }, { ...entry, subject: 'site:2' }, { ...entry, detail: {} },
  ]
  expect(new Set([hash, linkHash('1'.repeat(64), entry), ...others.map((other) => linkHash(GENESIS, other))]).size).toBe(8)
})

test('JSON is spelt the same however its keys were ordered, and reads back as it was', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const spelt = canonicalJson(value)
    expect(JSON.parse(spelt)).toEqual(JSON.parse(JSON.stringify(value)))
    const shuffled = JSON.parse(JSON.stringify(value), (_, part) =>
      part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).reverse()) : part)
    expect(canonicalJson(shuffled)).toBe(spelt)
  }))
})

test('a head is copied by a person and read back', () => {
  const head = { position: 12n, hash: 'a'.repeat(64) }
  expect(parseHead(` ${writeHead(head)}\n`)).toEqual(head)
  for (const bad of ['', '12', '12:abc', `-1:${'a'.repeat(64)}`, `12:${'A'.repeat(64)}`]) expect(parseHead(bad)).toBeUndefined()
})
