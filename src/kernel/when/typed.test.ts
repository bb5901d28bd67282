import { expect, test } from 'vitest'
import { dayTyped, hourTyped } from '#kernel/when/typed.ts'

test('a day is one that the calendar has, in one spelling', () => {
  expect(dayTyped('2028-02-29')?.toString()).toBe('2028-02-29')
  for (const text of ['', '2026-02-29', '2026-13-01', '2026-1-1', '12026-01-01', '25-11-2026', '2026-11-25T09:00', ' 2026-11-25', '٢٠٢٦-١١-٢٥']) expect(dayTyped(text), text).toBeUndefined()
})

test('an hour is read as people write it, and none that no clock shows', () => {
  for (const text of ['09:00', '9:00', '9.00', '9h00', '09H00']) expect(hourTyped(text)?.toString(), text).toBe('09:00:00')
  expect(hourTyped('23:59')?.toString()).toBe('23:59:00')
  for (const text of ['', '24:00', '9', '9:0', '09:60', '09:00:00', '9:00 pm']) expect(hourTyped(text), text).toBeUndefined()
})
