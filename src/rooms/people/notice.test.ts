import { expect, test } from 'vitest'
import { endsSoon } from '#rooms/people/invitation.ts'
import { KINDS_OF_KEYS, mailDueAt } from '#rooms/people/notice.ts'

const now = Temporal.Instant.from('2026-11-29T10:00:00Z')

test('a mail waits some minutes, for she may read it at the desk, and then hours for the next', () => {
  expect(mailDueAt(now, null).toString()).toBe('2026-11-29T10:05:00Z')
  expect(mailDueAt(now, now.subtract({ hours: 1 })).toString()).toBe('2026-11-29T12:00:00Z')
  expect(mailDueAt(now, now.subtract({ hours: 3 })).toString()).toBe('2026-11-29T10:05:00Z')
})

test('what may be somebody else at her account is among those that are mailed though they were read', () => {
  expect(KINDS_OF_KEYS).toEqual(expect.arrayContaining(['signed-in', 'recovery-code-used', 'password-changed', 'mail-changed']))
  expect(KINDS_OF_KEYS).not.toContain('came-in')
})

test('a link is said to end within its last two days', () => {
  expect(endsSoon(now.add({ hours: 47 }), now)).toBe(true)
  expect(endsSoon(now.add({ hours: 48 }), now)).toBe(false)
})
