import { expect, test } from 'vitest'
import { guessTopic, readLabels, writeLabels } from '#rooms/media/import/labels.ts'
import type { Topic } from '#rooms/media/topic.ts'

const topics = [
  { key: 'human-rights', mergedInto: null, names: { en: 'Human rights', es: 'Derechos humanos' } },
  { key: 'rights', mergedInto: 'human-rights', names: { en: 'Rights' } },
] as unknown as Topic[]

test('a label is guessed only where its words are a topic’s own, in any language', () => {
  expect(['derechos humanos', 'DERECHOS-HUMANOS', 'Rights', 'Human', ''].map((label) => guessTopic(label, topics)))
    .toEqual(['human-rights', 'human-rights', 'human-rights', '', ''])
})

test('a mapping that is written is read again, with colons, quotation marks and signs in its labels', () => {
  const map = new Map([['Noticias: "hoy"', 'human-rights'], ['# etiqueta', ''], ['null', ''], ['2019', 'human-rights']])
  const text = writeLabels(map, topics)
  expect(text).toContain('Topics that there are: human-rights\n')
  expect(readLabels(text, topics)).toEqual(map)
})

test('a mapping that cannot be read says what to mend', () => {
  expect(readLabels('Noticias: no-topic', topics)).toContain('it says “no-topic” for “Noticias”, and there is no such topic')
  expect(readLabels('- a\n- b', topics)).toContain('no lines of the form')
  expect(readLabels('a: [', topics)).toContain('cannot be read')
  expect(readLabels('a: &x [1]\nb: *x', topics)).toBeTypeOf('string')
  expect(readLabels('', topics)).toEqual(new Map())
})
