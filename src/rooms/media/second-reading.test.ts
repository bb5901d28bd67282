import { expect, test } from 'vitest'
import { DEFAULT_NEEDS, missingNeeds, type NeedFacts } from './needs.ts'
import { isRead, LONGEST_READING_NOTE, obstacleToReading, type ReadingState } from './second-reading.ts'
import { obstacleToNote, paragraphKept, LONGEST_NOTE, LONGEST_PARAGRAPH, MOST_NOTES } from './desk-note.ts'

const text = { title: 'T', teaser: '', bodyMarkdown: 'Uno.', isWithdrawn: false }
const state: ReadingState = { last: null, makers: ['ana'], byMachine: false }
const last = (verdict: 'good' | 'changes' | 'without') => ({ verdict, readBy: 'rosa', readAt: Temporal.Instant.from('2026-11-30T00:00:00Z'), note: '' })

test('nobody finds her own words right, and what must change is said', () => {
  const say = (who: string, verdict: 'good' | 'changes' | 'without', note = '', of: Partial<typeof text> = {}, more: Partial<ReadingState> = {}) => obstacleToReading(who, { ...text, ...of }, { ...state, ...more }, { verdict, note })
  expect([say('ana', 'good'), say('rosa', 'good'), say('rosa', 'changes', ' '), say('ana', 'changes', 'The third.')]).toEqual(['own-words', null, 'no-note', null])
  expect(say('rosa', 'good', '', { bodyMarkdown: 'Uno.\n\n[…]\n\nTres.' })).toBe('not-yet')
  expect(say('rosa', 'good', '', { isWithdrawn: true })).toBe('withdrawn')
  expect(say('rosa', 'changes', 'x'.repeat(LONGEST_READING_NOTE + 1))).toBe('too-long')
  expect([say('ana', 'without'), say('ana', 'without', 'A raid.'), say('ana', 'without', 'A raid.', {}, { byMachine: true })]).toEqual(['no-note', null, 'by-machine'])
})

test('only a person who found it right lets text of a machine go, and a steward can answer for other text', () => {
  expect([isRead(state), isRead({ ...state, last: last('changes') }), isRead({ ...state, last: last('good') }), isRead({ ...state, last: last('without') })]).toEqual([false, false, true, true])
  expect([isRead({ ...state, last: last('without'), byMachine: true }), isRead({ ...state, last: last('good'), byMachine: true })]).toEqual([false, true])
})

test('each need is asked for where its kind needs it, and a machine’s text is read whatever is set', () => {
  const facts: NeedFacts = { isTranslation: true, isRead: false, byMachine: false, agreed: 0, agreedLed: 0, isOwn: true }
  const none = { translationReader: false, sourceReader: false, agreement: false, ledAgreement: false, otherEditor: false }
  const all = { translationReader: true, sourceReader: true, agreement: true, ledAgreement: true, otherEditor: true }
  expect(missingNeeds(DEFAULT_NEEDS, facts)).toEqual(['waits-for-reader'])
  expect(missingNeeds(DEFAULT_NEEDS, { ...facts, isTranslation: false })).toEqual([])
  expect(missingNeeds(none, facts)).toEqual([])
  expect(missingNeeds(none, { ...facts, byMachine: true })).toEqual(['waits-for-reader'])
  expect(missingNeeds(all, { ...facts, isTranslation: false })).toEqual(['waits-for-reader', 'waits-for-agreement', 'waits-for-led-agreement', 'waits-for-editor'])
  expect(missingNeeds(all, { ...facts, isRead: true, agreed: 1, isOwn: false })).toEqual(['waits-for-led-agreement'])
})

test('a note says something, is no text, and an item holds so many', () => {
  expect([obstacleToNote(' ', 0), obstacleToNote('x'.repeat(LONGEST_NOTE + 1), 0), obstacleToNote('x', MOST_NOTES), obstacleToNote('x', MOST_NOTES - 1)]).toEqual(['empty', 'too-long', 'too-many', null])
  expect([paragraphKept('Uno.'), paragraphKept('x'.repeat(5000)).length]).toEqual(['Uno.', LONGEST_PARAGRAPH])
})
