import { beforeAll, expect, test } from 'vitest'
import { act } from '#kernel/database/act.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { newsroom } from '#rooms/media/server/testing.ts'
import { addTopic, mergeTopic, nameTopicInSeveral } from '#rooms/media/server/topic-actions.ts'
import { countTextsByTopic, countTextsOfTopics, listTopics } from '#rooms/media/server/topic-queries.ts'
import { obstacleToTopicName, topicKeyOf } from '#rooms/media/topic.ts'

const { db } = await testDatabase()
const room = newsroom(db)
const now = Temporal.Instant.from('2026-11-24T12:00:00Z')
const later = now.add({ minutes: 1 })
const house = { db, pages: { drop: () => undefined } }

beforeAll(async () => {
  await act(house, (tx) => addTopic(tx, 'work', 'en', 'Work', 'operator', now))
  for (const topics of [['work', 'hiv'], ['work'], ['hiv'], ['hiv']]) {
    const id = await room.item('news', now)
    for (const lang of ['en', 'es']) {
      const saved = await room.save(id, lang, `Text ${id} ${lang}`, now, { topics })
      await room.publish(id, lang, saved.revisionId, now)
    }
  }
})

const name = (typed: Record<string, string>, drawn: Record<string, string>, key = 'work') =>
  act(house, (tx) => nameTopicInSeveral(tx, key, { typed, drawn }, 'operator', now))
const namesOf = async (key: string) => (await listTopics(db.read)).find((topic) => topic.key === key)!.names

test('a text counts once, in however many languages and by however many of the topics that are asked for', async () => {
  expect(Object.fromEntries(await countTextsByTopic(db.read, later))).toEqual({ work: 2, hiv: 3 })
  expect(await countTextsOfTopics(db.read, ['work', 'hiv'], later)).toBe(4)
  expect(await countTextsOfTopics(db.read, ['work', 'hiv'], now.subtract({ minutes: 1 })), 'nothing was public before').toBe(0)
})

test('names in several languages are saved together or not at all, and never over what somebody else wrote meanwhile', async () => {
  expect(await name({ en: 'Work', es: 'Trabajo', pt: '' }, { en: 'Work' })).toEqual({ saved: 1 })
  expect(await name({ en: ' ', fr: 'Travail' }, { en: 'Work' })).toEqual({ obstacles: { en: 'no-name' } })
  expect(await name({ es: 'Oficio', fr: 'Travail' }, { es: 'Labor' })).toEqual({ meanwhile: { es: 'Trabajo' } })
  expect(await namesOf('work')).toEqual({ en: 'Work', es: 'Trabajo' })
  expect(await name({ es: 'Oficio', fr: 'Travail' }, { es: 'Trabajo' })).toEqual({ saved: 2 })
  expect(await namesOf('work')).toEqual({ en: 'Work', es: 'Oficio', fr: 'Travail' })
  expect(await name({ es: 'X' }, {}, 'none')).toEqual({ obstacle: 'not-found' })
})

test('a topic that was merged is named no more, and its texts count under the one that stays', async () => {
  expect(await act(house, (tx) => mergeTopic(tx, 'work', 'hiv', 'operator', now))).toBeNull()
  expect(await name({ es: 'X' }, { es: 'Oficio' })).toEqual({ obstacle: 'merged' })
  expect(Object.fromEntries(await countTextsByTopic(db.read, later))).toEqual({ hiv: 4 })
})

test('a name is one plain line, and a key is made of what it has of letters', () => {
  for (const bad of ['a\nb', 'a\u202eb', 'x'.repeat(121)]) expect(obstacleToTopicName('es', bad)).toBe('malformed-name')
  expect(obstacleToTopicName('es', ` ${'x'.repeat(120)} `)).toBeNull()
  expect([topicKeyOf('Salud y niñez, ¡ya!'), topicKeyOf('日本'), topicKeyOf(`${'a'.repeat(39)} b`)]).toEqual(['salud-y-ninez-ya', '', 'a'.repeat(39)])
})
