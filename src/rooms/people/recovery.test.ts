import { describe, expect, test } from 'vitest'
import { type CircleMember, isConfirmed, mayConfirm, wayBack } from '#rooms/people/recovery.ts'

const askedAt = Temporal.Instant.from('2026-11-29T10:00:00Z')
const before = askedAt.subtract({ hours: 1 })
const member = (personId: string, circle: string | null, since = before): CircleMember => ({ personId, circle, since })
const way = (...members: CircleMember[]) => wayBack({ personId: 'luz', askedAt }, members)
const three = [member('luz', 'a'), member('ana', 'a'), member('eva', 'a')]

describe('where three people of her organisation can sign in', () => {
  test('two of the others let her back in, and neither alone nor she herself', () => {
    expect(isConfirmed(way(...three), ['ana', 'eva'], false)).toBe(true)
    expect(isConfirmed(way(...three), ['ana'], true)).toBe(false)
    expect(isConfirmed(way(...three), ['ana', 'luz'], false)).toBe(false)
    expect(mayConfirm(way(...three), 'luz')).toBe(false)
  })

  test('nobody of another organisation, and no two of different ones', () => {
    const two = way(...three, member('luz', 'b'), member('sol', 'b'), member('mar', 'b'), member('pia', 'c'))
    expect(mayConfirm(two, 'pia')).toBe(false)
    expect(isConfirmed(two, ['ana', 'sol'], false)).toBe(false)
    expect(isConfirmed(two, ['sol', 'mar'], false)).toBe(true)
  })

  test('not a steward with a code: that is for where there are fewer', () => {
    expect(isConfirmed(way(...three, member('sol', null)), ['sol'], true)).toBe(false)
  })

  test('nobody whose duty began when or after she asked', () => {
    const late = way(member('luz', 'a'), member('ana', 'a'), member('eva', 'a', askedAt))
    expect(mayConfirm(late, 'eva')).toBe(false)
    expect(isConfirmed(late, ['ana', 'eva'], false)).toBe(false)
  })
})

describe('where there are fewer', () => {
  const small = way(member('luz', 'a'), member('ana', 'a'), member('sol', null))
  test('one steward and a recovery code, and neither without the other', () => {
    expect(isConfirmed(small, ['sol'], true)).toBe(true)
    expect(isConfirmed(small, ['sol'], false)).toBe(false)
    expect(isConfirmed(small, [], true)).toBe(false)
    expect(isConfirmed(small, ['ana'], true)).toBe(false)
  })

  test('also for whoever has no duty left', () => expect(isConfirmed(way(member('sol', null)), ['sol'], true)).toBe(true))
})

describe('a steward', () => {
  test('is let back in by two other stewards, and by no two of her organisation', () => {
    const hers = way(...three, member('luz', null), member('sol', null), member('mar', null))
    expect(isConfirmed(hers, ['sol', 'mar'], false)).toBe(true)
    expect(isConfirmed(hers, ['ana', 'eva'], true)).toBe(false)
  })

  test('by the other one and a code where there are two, and by nobody where she is the only one', () => {
    const two = way(...three, member('luz', null), member('sol', null))
    expect([isConfirmed(two, ['sol'], true), isConfirmed(two, ['sol'], false), mayConfirm(two, 'ana')]).toEqual([true, false, false])
    expect(isConfirmed(way(...three, member('luz', null)), ['ana', 'eva', 'luz'], true)).toBe(false)
  })
})
