import { expect, test } from 'vitest'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { type KeptItem, mayHandOn, mayKeep, obstacleToKeeping, type OnDuty } from '#rooms/media/keeping.ts'

const person = (id: string, duty: string | null, organisationId: string | null = 'a', lang: string | null = null): OnDuty => ({ id, duties: duty === null ? [] : [{ duty, organisationId, lang } satisfies Duty] })
const item = (keptBy: string | null, writtenIn: string | null = 'a'): KeptItem => ({ keptBy, writtenIn, originalLang: 'es' })

const STEWARD = person('steward', 'steward', null)
const EDITOR = person('editor', 'editor')
const OF_ES = person('editor of es', 'editor', 'a', 'es')
const OF_PT = person('editor of pt', 'editor', 'a', 'pt')
const ELSEWHERE = person('editor elsewhere', 'editor', 'b')
const TRANSLATOR = person('translator', 'translator')
const INTO_FR = person('translator of fr', 'translator', 'a', 'fr')
const OTHERS = ['delegate', 'documenter', 'observer', null].map((duty) => person(`${duty}`, duty))

test.each([
  [STEWARD, true, true, true], [EDITOR, true, true, false], [OF_ES, true, true, false], [OF_PT, false, false, false], [ELSEWHERE, false, false, false],
  [TRANSLATOR, true, false, false], [INTO_FR, false, false, false], ...OTHERS.map((who): [OnDuty, boolean, boolean, boolean] => [who, false, false, false]),
])('$0.id: may keep $1 and hand on $2 what organisation a writes in es, and $3 what the alliance writes', (who, keeps, handsOn, ofAlliance) => {
  expect([mayKeep(who.duties, item(null)), mayHandOn(who, item('another'))]).toEqual([keeps, handsOn])
  expect([mayKeep(who.duties, item(null, null)), mayHandOn(who, item(null, null))]).toEqual([ofAlliance, ofAlliance])
  expect(obstacleToKeeping(who, item(null), who)).toBe(handsOn ? null : 'not-found')
})

test('whoever keeps a text hands it on while her duty lets her keep it, and a translator nothing else', () => {
  expect(obstacleToKeeping(TRANSLATOR, item(TRANSLATOR.id), EDITOR)).toBeNull()
  expect(obstacleToKeeping(TRANSLATOR, item(EDITOR.id), TRANSLATOR)).toBe('not-found')
  expect(obstacleToKeeping(TRANSLATOR, item(null), TRANSLATOR)).toBe('not-found')
  for (const former of [person('translator', null), person('translator', 'translator', 'b'), person('translator', 'translator', 'a', 'fr')]) {
    expect(obstacleToKeeping(former, item('translator'), EDITOR)).toBe('not-found')
  }
})

test('nobody is given what her duties do not open, also by a steward', () => {
  for (const next of [OF_PT, ELSEWHERE, INTO_FR, ...OTHERS]) expect(obstacleToKeeping(STEWARD, item(EDITOR.id), next), next.id).toBe('may-not-keep')
  for (const next of [OF_ES, TRANSLATOR, STEWARD]) expect(obstacleToKeeping(EDITOR, item(EDITOR.id), next), next.id).toBeNull()
  expect(obstacleToKeeping(STEWARD, item(null, null), EDITOR), 'the alliance’s own is for stewards').toBe('may-not-keep')
})

test('a text can be set down, and who keeps it is not given it again', () => {
  expect(obstacleToKeeping(EDITOR, item(EDITOR.id), null)).toBeNull()
  expect(obstacleToKeeping(EDITOR, item(EDITOR.id), EDITOR)).toBe('kept-already')
  expect(obstacleToKeeping(EDITOR, item(null), null)).toBe('kept-already')
})
