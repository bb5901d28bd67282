import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RESERVED_SLUGS, obstacleToSlug, slugOf } from '#rooms/media/slug.ts'

test('a title becomes an address that can be read aloud', () => {
  expect(slugOf('Lo que la Alianza pide a los Estados: en breve')).toBe('lo-que-la-alianza-pide-a-los-estados-en-breve')
  expect(slugOf('Sa Alyans lan mande Leta yo')).toBe('sa-alyans-lan-mande-leta-yo')
  expect(slugOf('L’Alliance demande')).toBe('lalliance-demande')
})

test('whatever is typed becomes a slug that is allowed', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (title) => obstacleToSlug(slugOf(title)) === null))
})

test('the addresses of the room itself are never an item’s', () => {
  for (const word of RESERVED_SLUGS) {
    expect(obstacleToSlug(word)).toBe('reserved')
    expect(RESERVED_SLUGS).not.toContain(slugOf(word))
  }
})
