import { expect, test } from 'vitest'
import { changedFacts, compareTexts } from './compared.ts'
import { NOTHING_FROZEN } from './frozen.ts'

test('runs of equal paragraphs are folded, changes are counted and numbered as the later text has them', () => {
  const { rows, counts } = compareTexts('One.\n\nTwo.\n\nThe three of them.\n\nGone for ever.\n\nFive.', 'One.\n\nTwo.\n\nThe four of them.\n\nFive.\n\nAnother that is new.')
  expect(rows.map((row) => (row.is === 'run' ? `${row.from}–${row.to}` : `${row.is} ${row.number} #${row.nth}`))).toEqual(['1–2', 'changed 3 #1', 'gone null #2', '4–4', 'new 5 #3'])
  expect(counts).toEqual({ same: 3, changed: 1, gone: 1, new: 1 })
})

test('white space at the end is no paragraph', () => {
  expect(compareTexts('One.', 'One.\n\n').rows).toEqual([{ is: 'run', from: 1, to: 1 }])
  expect(compareTexts('', '').rows).toEqual([])
})

const names = { place: (code: string) => `place ${code}`, topic: (key: string) => `topic ${key}`, when: (stored: string) => stored || 'not stated' }
const changed = (more: object) => changedFacts(NOTHING_FROZEN, { ...NOTHING_FROZEN, ...more }, names).map(({ fact, pieces }) => `${fact}: ${pieces.map(({ is, text }) => `${is} ${text}`).join(' | ')}`)

test('facts that changed are named with what they were and are', () => {
  expect(changedFacts(NOTHING_FROZEN, { ...NOTHING_FROZEN }, names)).toEqual([])
  expect(changed({ topics: ['hiv'] })).toEqual(['topics: new topic hiv'])
  expect(changed({ signers: [{ organisationId: null, name: 'A coalition' }] })).toEqual(['signers: new A coalition'])
  expect(changed({ regions: [{ place: 'PY' }], licence: 'CC0' })[0]).toBe('regions: new place PY')
  expect(changed({ pictureId: 'x' }), 'what no words say').toEqual(['picture: '])
})
