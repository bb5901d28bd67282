import { expect, test } from 'vitest'
import { actText, subjectWord } from '#kernel/audit/act-texts.ts'
import { ACTS, isAct, SUBJECT_KINDS } from '#kernel/audit/acts.ts'
import { UI_LANGS } from '#kernel/language/language.ts'

test.each(UI_LANGS)('every act that the log may be told has a text of its own in %s', (lang) => {
  const texts = ACTS.map((act) => actText(act, lang))
  expect(new Set(texts).size).toBe(ACTS.length)
  // A sentence that somebody’s name stands before, and no name of the program’s.
  expect(texts.filter((text) => !/^\p{Lu}[^.:;{}]*[^\s.:;{}]$/u.test(text))).toEqual([])
  expect(texts.filter((text) => ACTS.some((act) => act.includes('-') && text.includes(act)))).toEqual([])
})

test.each(UI_LANGS)('everything that an act can be done to has a word of its own in %s', (lang) => {
  expect(new Set(SUBJECT_KINDS.map((kind) => subjectWord(kind, lang))).size).toBe(SUBJECT_KINDS.length)
})

test('no act stands in the list twice, and what an older program wrote is none', () => {
  expect(new Set(ACTS).size).toBe(ACTS.length)
  expect(['load-fixed-pages', 'toString', ''].filter(isAct)).toEqual([])
})
