import { expect, test } from 'vitest'
import { type AnswerFact, type AskFact, isDead, isWaitedFor, lastAnswer, obstacleToAnswering, obstacleToAsking, obstacleToGoingOut, obstacleToWishing, speaksFor, stateOf } from '#rooms/media/agreement.ts'

const at = (hour: number) => Temporal.Instant.from('2026-11-29T00:00:00Z').add({ hours: hour })
const ask = (over: Partial<AskFact> = {}): AskFact => ({ hash: 'new', askedAt: at(1), deadline: null, seenAt: null, revokedAt: null, ...over })
const answer = (over: Partial<AnswerFact> = {}): AnswerFact => ({ answer: 'agreed', hash: 'new', at: at(2), ...over })
const state = (asks: AskFact[], answers: AnswerFact[] = [], isLeftOut = false) => stateOf({ isLeftOut, asks, answers }, 'new', at(10))

test('an organisation is not asked, asked, seen, or says something', () => {
  expect(state([])).toBe('not-asked')
  expect(state([ask()])).toBe('asked')
  expect(state([ask(), ask({ seenAt: at(2) })])).toBe('seen')
  for (const said of ['agreed', 'agreed-if', 'declined'] as const) expect(state([ask()], [answer({ answer: said })])).toBe(said)
})

test('silence is never agreement: the hour passes, and it is still waited for', () => {
  const silent = state([ask({ deadline: at(10) })])
  expect(silent).toBe('no-answer')
  expect(state([ask({ deadline: at(11) })])).toBe('asked')
  expect(state([ask({ deadline: at(9) }), ask({ deadline: at(12) })]), 'one who was given longer').toBe('asked')
  for (const waited of ['not-asked', 'asked', 'seen', 'agreed-if', 'declined', 'no-answer'] as const) expect(isWaitedFor(waited), waited).toBe(true)
  for (const not of ['agreed', 'left-out'] as const) expect(isWaitedFor(not), not).toBe(false)
  expect([obstacleToGoingOut({ openIds: ['a'] }), obstacleToGoingOut({ openIds: [] })]).toEqual(['waits-for-signers', null])
})

test('a yes to other words stays on record and counts for nothing here; to the same words again it counts again', () => {
  const [earlier, asked] = [answer({ hash: 'old' }), ask({ hash: 'old' })]
  expect(state([asked], [earlier])).toBe('not-asked')
  expect(state([asked, ask()], [earlier])).toBe('asked')
  expect(stateOf({ isLeftOut: false, asks: [asked], answers: [earlier] }, 'old', at(10))).toBe('agreed')
})

test('the last word counts, in the order in which it was said', () => {
  expect(state([ask()], [answer(), answer({ answer: 'declined', at: at(3) })])).toBe('declined')
  expect(state([ask()], [answer({ answer: 'declined', at: at(3) }), answer()])).toBe('declined')
  expect(lastAnswer([answer(), answer({ answer: 'agreed-if' })], 'new')?.answer, 'in the same moment').toBe('agreed-if')
})

test('a revoked link asks nothing, and what was answered through it stays', () => {
  expect(state([ask({ revokedAt: at(3) })])).toBe('not-asked')
  expect(state([ask({ revokedAt: at(3) })], [answer()])).toBe('agreed')
})

test('left out openly is left out, whatever was said', () => {
  expect(state([ask()], [answer()], true)).toBe('left-out')
})

const delegate = [{ duty: 'delegate', organisationId: 'a', lang: null }]
test('only a delegate speaks for an organisation, and only for hers', () => {
  expect(speaksFor(delegate, 'a')).toBe(true)
  expect(speaksFor(delegate, 'b')).toBe(false)
  for (const duty of ['editor', 'translator', 'observer', 'documenter', 'steward']) expect(speaksFor([{ duty, organisationId: 'a', lang: null }], 'a'), duty).toBe(false)
})

test('who is to sign has agreed to be shown, and is named once', () => {
  const text = { isStarter: false, isWithdrawn: false }
  expect(obstacleToWishing(text, { isShown: true, isWished: false })).toBeNull()
  expect(obstacleToWishing(text, { isShown: false, isWished: false })).toBe('not-shown')
  expect(obstacleToWishing(text, { isShown: true, isWished: true })).toBe('wished-already')
  expect(obstacleToWishing({ ...text, isStarter: true }, { isShown: true, isWished: false })).toBe('starter')
  expect(obstacleToWishing({ ...text, isWithdrawn: true }, { isShown: true, isWished: false })).toBe('withdrawn')
})

test('a delegate is asked about the words that the editor saw, while there is time', () => {
  const text = { hash: 'new', isStarter: false, isWithdrawn: false }
  const asking = { organisationId: 'a', duties: delegate, drawn: 'new', deadline: null }
  expect(obstacleToAsking(text, false, asking, at(1))).toBeNull()
  expect(obstacleToAsking(undefined, false, asking, at(1))).toBe('no-text')
  expect(obstacleToAsking({ ...text, isStarter: true }, false, asking, at(1))).toBe('starter')
  expect(obstacleToAsking({ ...text, isWithdrawn: true }, false, asking, at(1))).toBe('withdrawn')
  expect(obstacleToAsking(text, false, { ...asking, drawn: 'old' }, at(1))).toBe('changed-meanwhile')
  expect(obstacleToAsking(text, true, asking, at(1))).toBe('left-out')
  expect(obstacleToAsking(text, false, { ...asking, organisationId: 'b' }, at(1))).toBe('no-delegate')
  expect(obstacleToAsking(text, false, { ...asking, deadline: at(1) }, at(1))).toBe('deadline-passed')
  expect(obstacleToAsking(text, false, { ...asking, deadline: at(2) }, at(1))).toBeNull()
  expect(obstacleToAsking(text, false, { ...asking, isTheirs: false }, at(1)), 'of a translation, who did not claim it').toBe('not-claimed')
  expect(obstacleToAsking(text, false, { ...asking, isTheirs: true }, at(1))).toBeNull()
})

const link = { organisationId: 'a', hash: 'new', revokedAt: null, isLeftOut: false, isWithdrawn: false }
test('a link is dead when it was revoked, its organisation left out, the text taken down, or she speaks for it no more', () => {
  expect(isDead(link, delegate)).toBe(false)
  for (const dead of [{ ...link, revokedAt: at(1) }, { ...link, isLeftOut: true }, { ...link, isWithdrawn: true }, { ...link, organisationId: 'b' }]) expect(isDead(dead, delegate)).toBe(true)
  expect(isDead(link, [])).toBe(true)
})

test('an answer says one thing, and all of what it needs', () => {
  const change = [{ block: 0, was: 'a', wanted: 'b' }]
  const of = (said: 'agreed' | 'agreed-if' | 'declined', reason = '', changes = [] as typeof change, newest = 'new') => obstacleToAnswering(link, delegate, newest, { answer: said, reason, changes })
  expect(obstacleToAnswering({ ...link, isGivenBack: true }, delegate, 'new', { answer: 'agreed', reason: '', changes: [] })).toBe('given-back')
  expect([of('agreed'), of('agreed-if', '', change), of('declined', 'our assembly meets in January')]).toEqual([null, null, null])
  expect([of('agreed-if'), of('declined')]).toEqual(['no-change', 'no-reason'])
  expect([of('agreed', '', change), of('agreed', 'but'), of('agreed-if', 'but', change)], 'what was typed is never passed over').toEqual(['says-two-things', 'says-two-things', 'says-two-things'])
  expect(of('declined', 'why', change), 'a no may say what should change').toBeNull()
  expect(of('agreed', '', [], 'newer')).toBe('text-changed')
  expect(obstacleToAnswering({ ...link, isLeftOut: true }, delegate, 'newer', { answer: 'agreed', reason: '', changes: [] })).toBe('dead')
})
