import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { countFacets } from '#rooms/media/server/facet-queries.ts'
import { listPublishedItems } from '#rooms/media/server/list-queries.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { addTopic, mergeTopic, nameTopic } from '#rooms/media/server/topic-actions.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const later = now.add({ minutes: 1 })
const dropped: string[] = []
const house = { db, pages: { drop: (tags: string[]) => void dropped.push(...tags) } }
let itemId = ''

beforeAll(async () => {
  itemId = await room.item('news', now)
  const saved = await room.save(itemId, 'en', 'A text', now, { topics: ['work-rights', 'hiv'] })
  await room.publish(itemId, 'en', saved.revisionId, now)
})

const found = async (topic: string) => (await listPublishedItems(db.read, { lang: 'en', topic }, 1, later)).total

test('a new house has the nine fields of its members, each named in five languages', async () => {
  const topics = await listTopics(db.read)
  expect(topics.map(({ key }) => key)).toEqual([
    'anti-trafficking', 'digital-rights', 'harm-reduction', 'hiv', 'human-rights', 'lgbtiq', 'migration', 'racial-justice', 'sexual-reproductive-health',
  ])
  for (const topic of topics) for (const lang of UI_LANGS) expect(topicNamed(topic, lang).lang, `${topic.key} ${lang}`).toBe(lang)
  expect(topicNamed({ key: 'x', names: { es: 'Equis' } }, 'ht')).toEqual({ key: 'x', name: 'Equis', lang: 'es' })
})

test('what cannot be a topic is refused with its reason, and changes nothing', async () => {
  const add = (key: string, lang: string, name: string) => act(house, (tx) => addTopic(tx, key, lang, name, 'operator', now))
  expect(await add('Bad Key', 'en', 'X')).toBe('malformed-key')
  expect(await add('x', 'en', ' ')).toBe('no-name')
  expect(await add('x', 'EN!', 'X')).toBe('malformed-language')
  expect(await add('hiv', 'en', 'X')).toBe('key-taken')
  expect(await act(house, (tx) => nameTopic(tx, 'none', 'en', 'X', 'operator', now))).toBe('not-found')
  expect(await act(house, (tx) => mergeTopic(tx, 'hiv', 'hiv', 'operator', now))).toBe('itself')
  expect(await act(house, (tx) => mergeTopic(tx, 'hiv', 'none', 'operator', now))).toBe('not-found')
  expect(await listTopics(db.read)).toHaveLength(9)
})

test('a merge is shown at once in lists, counts and texts, and no revision changes; the old key finds what the new one finds', async () => {
  for (const key of ['work-rights', 'labour-rights', 'jobs']) await act(house, (tx) => addTopic(tx, key, 'en', `Name of ${key}`, 'operator', now))
  const before = await db.read.selectFrom('revision').select(['hash', 'frozen']).execute()
  expect([await found('work-rights'), await found('labour-rights')]).toEqual([1, 0])
  expect(await act(house, (tx) => mergeTopic(tx, 'jobs', 'work-rights', 'operator', now))).toBeNull()
  dropped.length = 0
  expect(await act(house, (tx) => mergeTopic(tx, 'work-rights', 'labour-rights', 'operator', now))).toBeNull()
  expect(dropped).toEqual(expect.arrayContaining([`item:${itemId}`, 'list:media:en']))
  for (const key of ['jobs', 'work-rights', 'labour-rights']) expect(await found(key), key).toBe(1)
  const merged = (await listTopics(db.read)).filter((topic) => topic.mergedInto)
  expect(merged.map(({ key, mergedInto }) => [key, mergedInto])).toEqual([['jobs', 'labour-rights'], ['work-rights', 'labour-rights']])
  expect((await countFacets(db.read, { lang: 'en' }, later)).topics).toEqual([['hiv', 1], ['labour-rights', 1]])
  const page = await findPublishedItem(db.read, 'en', 'a-text', later)
  expect(page?.answer.found === 'item' && page.answer.item.topics.map(({ key, name }) => [key, name])).toEqual([['labour-rights', 'Name of labour-rights'], ['hiv', 'HIV']])
  expect(await db.read.selectFrom('revision').select(['hash', 'frozen']).execute()).toEqual(before)
  expect(await act(house, (tx) => mergeTopic(tx, 'work-rights', 'hiv', 'operator', now))).toBe('merged')
  expect(await act(house, (tx) => addTopic(tx, 'jobs', 'en', 'Jobs', 'operator', now))).toBe('key-taken')
})
