import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOfSubject, readAsked, readTyped } from '#kernel/audit/log-asked.ts'

const ID = '019ab5f1-7a3c-7c11-9d60-5e0f4c1f2a31'
const ask = (query: string, zone = 'America/Lima') => {
  const params = new URLSearchParams(query)
  return readAsked(readTyped(params), params.get('before'), zone)
}

test('nothing asked is everything', () => {
  expect(ask('')).toEqual({ asked: {} })
})

test('act, person, row and days are read, and a day lasts from midnight to midnight in the zone', () => {
  expect(ask(`act=end-duty&by=${ID}&kind=person&id=${ID}&from=2026-11-24&to=2026-11-24&before=120`)).toEqual({
    asked: {
      act: 'end-duty', actor: ID, subject: `person:${ID}`, before: 120n,
      from: Temporal.Instant.from('2026-11-24T05:00:00Z'), until: Temporal.Instant.from('2026-11-25T05:00:00Z'),
    },
  })
  expect(ask('kind=site&by=operator')).toEqual({ asked: { subject: 'site', actor: 'operator' } })
  expect(ask('kind=page&id=about')).toEqual({ asked: { subject: 'page:about' } })
  expect(ask('act=an-act-of-an-older-version')).toEqual({ asked: { act: 'an-act-of-an-older-version' } })
})

test.each([
  ['act=End%20duty', ['act']], ['by=ana', ['by']], [`id=${ID}`, ['kind']], [`kind=table&id=${ID}`, ['kind']], ['kind=person', ['id']], ['kind=person&id=ana', ['id']],
  [`kind=site&id=${ID}`, ['id']], ['from=24.11.2026', ['from']], ['to=2026-02-30', ['to']], ['from=1492-10-12', ['from']], ['to=9999-12-31', ['to']],
  ['from=2026-11-25&to=2026-11-24', ['order']], ['by=ana&from=soon', ['by', 'from']],
])('%s has to be mended first: %s', (query, problems) => {
  expect(ask(query)).toEqual({ problems })
})

test('whatever stands in an address is read or refused, and never thrown', () => {
  const typed = fc.record({ act: fc.string(), by: fc.string(), kind: fc.string(), id: fc.string(), from: fc.string(), to: fc.string(), before: fc.string() })
  fc.assert(fc.property(typed, (query) => {
    const read = ask(new URLSearchParams(query).toString())
    expect('asked' in read || read.problems.length > 0).toBe(true)
  }))
})

test('of a row only what this version knows is told', () => {
  expect(partsOfSubject(`organisation:${ID}`)).toEqual({ kind: 'organisation', id: ID })
  expect(partsOfSubject('site')).toEqual({ kind: 'site', id: null })
  expect(partsOfSubject('site:redirect')).toEqual({ kind: 'site', id: null })
  expect(partsOfSubject('person:203.0.113.7')).toEqual({ kind: 'person', id: null })
  expect(partsOfSubject('reader:203.0.113.7')).toBeUndefined()
})
