import { expect, test } from 'vitest'
import type { Answer } from '#rooms/media/agreement.ts'
import { agreesIn, type Claim, factsIn, holdsBack, obstacleToClaiming, obstacleToGivingBackFor } from '#rooms/media/claiming.ts'

const at = (minute: number) => Temporal.Instant.from('2026-11-30T10:00:00Z').add({ minutes: minute })
const claims: Claim[] = [{ lang: 'ht', claimedAt: at(0), claimedBy: 'ana' }]
const said = (answer: Answer, hash: string, lang: string, minute: number) => ({ answer, hash, lang, isSource: lang === 'es', at: at(minute) })
const signer = (...answers: ReturnType<typeof said>[]) => ({ isLeftOut: false, claims, asks: [], answers })

test('a text that was claimed waits for a yes to exactly these words; silence and a yes to the source are none', () => {
  expect(holdsBack(signer(), 'ht', 'h1')).toBe(true)
  expect(holdsBack(signer(said('agreed', 's1', 'es', 1)), 'ht', 'h1')).toBe(true)
  expect(holdsBack(signer(said('agreed-if', 'h1', 'ht', 1)), 'ht', 'h1')).toBe(true)
  expect(holdsBack(signer(said('agreed', 'h1', 'ht', 1)), 'ht', 'h1')).toBe(false)
  expect(holdsBack(signer(said('agreed', 'h1', 'ht', 1)), 'ht', 'h2')).toBe(true)
})

test('a language that nobody claimed, and who is left out, hold nothing back', () => {
  expect(holdsBack(signer(said('declined', 'p1', 'pt', 1)), 'pt', 'p1')).toBe(false)
  expect(holdsBack({ ...signer(), isLeftOut: true }, 'ht', 'h1')).toBe(false)
})

test('a no to a translation leaves the yes to the source; a later no to the source ends the yes to what was translated from it', () => {
  const toBoth = [said('agreed', 's1', 'es', 1), said('agreed', 'h1', 'ht', 2)]
  expect(agreesIn(signer(...toBoth, said('declined', 'h2', 'ht', 3)), 'es', 's1')).toBe(true)
  expect(agreesIn(signer(...toBoth, said('declined', 's2', 'es', 3)), 'ht', 'h1')).toBe(false)
  expect(agreesIn(signer(...toBoth, said('declined', 'p1', 'pt', 3)), 'ht', 'h1'), 'of another translation nothing counts').toBe(true)
  expect(agreesIn(signer(said('declined', 's1', 'es', 1), said('agreed', 'h1', 'ht', 2)), 'ht', 'h1')).toBe(true)
})

test('of the links only those about the language count', () => {
  const link = (lang: string) => ({ hash: 'h', lang, isSource: lang === 'es', askedAt: at(0), deadline: null, seenAt: null, revokedAt: null })
  expect(factsIn({ isLeftOut: false, asks: [link('es'), link('ht')], answers: [] }, 'ht').asks.map(({ lang }) => lang)).toEqual(['ht'])
  expect(factsIn({ isLeftOut: false, asks: [link('es'), link('ht')], answers: [] }, 'es').asks.map(({ lang }) => lang)).toEqual(['es'])
})

test('a language is claimed that the item is in, or is to be in, once, by who is not left out', () => {
  const open = ['ht', 'pt']
  expect(obstacleToClaiming({ isLeftOut: false, claims }, open, 'pt')).toBeNull()
  expect(obstacleToClaiming({ isLeftOut: false, claims }, open, 'ht')).toBe('claimed-already')
  expect(obstacleToClaiming({ isLeftOut: false, claims }, open, 'es')).toBe('no-language')
  expect(obstacleToClaiming({ isLeftOut: true, claims }, open, 'pt')).toBe('left-out')
})

test('an editor gives a language back where the organisation asked for it, and never over its no', () => {
  expect(obstacleToGivingBackFor(signer(), 'pt', true)).toBe('not-claimed')
  expect(obstacleToGivingBackFor(signer(), 'ht', false)).toBe('not-asked-for')
  expect(obstacleToGivingBackFor(signer(), 'ht', true)).toBeNull()
  expect(obstacleToGivingBackFor(signer(said('agreed', 'h1', 'ht', 1), said('declined', 'h2', 'ht', 2)), 'ht', true)).toBe('said-no')
  expect(obstacleToGivingBackFor(signer(said('declined', 'h1', 'ht', 1), said('agreed', 'h2', 'ht', 2)), 'ht', true)).toBeNull()
  expect(obstacleToGivingBackFor(signer(said('agreed', 'h1', 'ht', 1), said('declined', 's1', 'es', 2)), 'ht', true), 'a no to the source ended its yes').toBe('said-no')
  expect(obstacleToGivingBackFor(signer(said('declined', 's1', 'es', 1)), 'ht', true)).toBe('said-no')
  expect(obstacleToGivingBackFor(signer(said('declined', 'h1', 'ht', 1), said('agreed', 's1', 'es', 2)), 'ht', true), 'a yes to the source ends no no to the translation').toBe('said-no')
  expect(obstacleToGivingBackFor(signer(said('declined', 's1', 'es', 1), said('agreed', 'h1', 'ht', 2)), 'ht', true), 'its last word about this text is yes').toBeNull()
  expect(obstacleToGivingBackFor(signer(said('declined', 'p1', 'pt', 1)), 'ht', true)).toBeNull()
})
