import { expect, test } from 'vitest'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { mayAskSigners, mayPublish, mayRead, mayWrite, writesFor } from '#rooms/media/writing.ts'

const held = (duty: string, organisationId: string | null = 'a', lang: string | null = null): { id: string; duties: Duty[] } => ({ id: 'x', duties: [{ duty, organisationId, lang }] })
const OF_A = { writtenIn: 'a', originalLang: 'es' }
const OF_ALLIANCE = { writtenIn: null, originalLang: 'es' }

test('a text is found by whoever writes or translates in its organisation, whatever language her duty is for', () => {
  expect([held('editor'), held('translator', 'a', 'ht')].every((who) => mayRead(who, OF_A))).toBe(true)
  expect([held('delegate'), held('documenter'), held('observer'), held('editor', 'b'), held('editor', null)].some((who) => mayRead(who, OF_A))).toBe(false)
})

test('a duty for one language writes that language and no other', () => {
  expect(['ht', 'es'].map((lang) => mayWrite(held('translator', 'a', 'ht'), OF_A, lang))).toEqual([true, false])
  expect(['ht', 'es'].map((lang) => mayWrite(held('editor'), OF_A, lang))).toEqual([true, true])
})

test('a translator lets nothing out, and an editor of one language lets out that one', () => {
  expect(mayPublish(held('translator'), OF_A, 'es')).toBe(false)
  expect(['pt', 'es'].map((lang) => mayPublish(held('editor', 'a', 'pt'), OF_A, lang))).toEqual([true, false])
})

test('who signs is asked by editors of the language that they agree to', () => {
  expect([held('editor', 'a', 'pt'), held('editor', 'a', 'es'), held('translator')].map((who) => mayAskSigners(who, OF_A))).toEqual([false, true, false])
})

test('what no organisation writes is the stewards’', () => {
  for (const rule of [mayRead, mayWrite, mayPublish]) {
    expect(rule(held('steward', null), OF_ALLIANCE, 'es')).toBe(true)
    expect(rule(held('editor'), OF_ALLIANCE, 'es')).toBe(false)
  }
})

test('a text is begun for the organisations that somebody writes for in its language; the alliance’s own by stewards', () => {
  const duties = [...held('editor', 'a').duties, ...held('translator', 'b', 'ht').duties, ...held('delegate', 'c').duties]
  expect(writesFor({ id: 'x', duties }, 'es')).toEqual(['a'])
  expect(writesFor({ id: 'x', duties }, 'ht')).toEqual(['a', 'b'])
  expect(writesFor(held('steward', null), 'es')).toEqual([null])
})
