import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UI_LANGS } from '#kernel/language/language.ts'
import { entryId, feedId } from '#rooms/media/feed-id.ts'

const item = '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31'
const site = { identity: 'd9428888-122b-4f1e-8b1d-3f4c6a5b7c8d' }

test('ids that went out once stay as they are', () => {
  expect(entryId(item, 'es')).toBe('urn:uuid:48755310-22bc-56a8-b98c-bd1591a535c9')
  expect(feedId(site, 'es', {})).toBe('urn:uuid:2ac0f7a0-4c08-5c14-8e80-2508d8d0f940')
  expect(feedId(site, 'es', { kind: 'news', region: '419' })).toBe('urn:uuid:68c4b105-1f49-5001-be8a-ab35c94f511b')
})

test('two languages, two items, two feeds never share an id', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.uuid({ version: 7 }), { minLength: 2, maxLength: 20 }), (items) => {
    const ids = [...items.flatMap((one) => UI_LANGS.map((lang) => entryId(one, lang))), ...UI_LANGS.map((lang) => feedId(site, lang, {}))]
    expect(new Set(ids).size).toBe(ids.length)
  }))
})

test('a filtered feed is another feed, and the order of its filters says nothing', () => {
  const ids = [{}, { kind: 'news' }, { region: 'NZ' }, { kind: 'news', region: 'NZ' }, { kind: 'news&region=NZ' }].map((filters) => feedId(site, 'en', filters))
  expect(new Set(ids).size).toBe(ids.length)
  expect(feedId(site, 'en', { region: 'NZ', kind: 'news', from: '', to: undefined })).toBe(ids[3])
})
