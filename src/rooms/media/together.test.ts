import { expect, test } from 'vitest'
import { newId } from '#kernel/id/id.ts'
import { sentAs, textsSent, topicsWith } from '#rooms/media/together.ts'

test('a topic is added once and taken off under each name that it is read by; where nothing changes nothing is said', () => {
  expect(topicsWith(['hiv'], ['migration'], true)).toEqual(['hiv', 'migration'])
  expect(topicsWith(['hiv', 'moving'], ['migration', 'moving'], true), 'it has it under its older name').toBeNull()
  expect(topicsWith(['moving', 'hiv', 'migration'], ['migration', 'moving'], false)).toEqual(['hiv'])
  expect(topicsWith(['hiv'], ['migration'], false)).toBeNull()
})

test('texts that go out come back as they were drawn, each once; what no form says is left out', () => {
  const text = { itemId: newId(), lang: 'es', seen: `${newId()}...` }
  expect(textsSent([sentAs(text), sentAs({ ...text, seen: 'other' }), sentAs({ ...text, lang: 'ht' })])).toEqual([{ ...text, seen: 'other' }, { ...text, lang: 'ht' }])
  expect(textsSent(['', 'a b', 'a b c d', 'x'.repeat(400), null, new Blob(), `a b \0`])).toEqual([])
})
