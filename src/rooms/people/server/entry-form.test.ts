import { expect, test } from 'vitest'
import { readEntryForm, readNamesAndPin, withPinOnceMore } from '#rooms/people/server/entry-form.ts'
import { newTotpSecret } from '#rooms/people/server/one-time-code.ts'
import { codeOf } from '#rooms/people/server/testing/totp.ts'

const now = Temporal.Instant.from('2026-11-29T10:00:00Z')
const totpSecret = newTotpSecret()
const delegate = { duty: 'delegate', totpSecret } as const
const editor = { duty: 'editor', totpSecret } as const
const GOOD = { called: 'Luz', name: 'luz', password: 'cuatro palabras bien seguidas', code: codeOf(totpSecret, now) }
const typed = (fields: Record<string, string>) => (name: string) => fields[name] ?? ''

test('a delegate chooses her six digits as she comes in, with a password and with a passkey alike', () => {
  for (const by of ['password', 'passkey'] as const) {
    expect(readEntryForm(typed({ ...GOOD, pin: ' 902514', pinAgain: '902514 ' }), delegate, now, by)).toMatchObject({ asked: { pin: '902514' }, problems: {} })
    expect(readEntryForm(typed({ ...GOOD, pin: '123456', pinAgain: '123456' }), delegate, now, by).problems).toEqual({ pin: 'too-easy' })
    expect(readEntryForm(typed({ ...GOOD, pin: '902514', pinAgain: '902515' }), delegate, now, by).problems).toEqual({ pin: 'differs' })
  }
})

test('she may leave the digits for later', () => {
  expect(readEntryForm(typed(GOOD), delegate, now)).toMatchObject({ asked: { pin: '' }, problems: {} })
})

test('nobody else is asked for digits, and what a form adds is not read (mass assignment)', () => {
  expect(readEntryForm(typed({ ...GOOD, pin: '902514', pinAgain: '902514' }), editor, now)).toMatchObject({ asked: { pin: '' }, problems: {} })
  expect(readNamesAndPin(typed({ ...GOOD, pin: '1' }), editor).problems).toEqual({})
})

test('everything is told at once, and digits that were right are asked for once more beside what was wrong', () => {
  const { asked, problems } = readEntryForm(typed({ ...GOOD, name: 'x', password: 'short', pin: '902514', pinAgain: '902514' }), delegate, now)
  expect(withPinOnceMore(problems, asked.pin)).toEqual({ signInName: 'malformed-sign-in-name', password: 'too-short', pin: 'pin-once-more' })
  expect(withPinOnceMore({ code: 'wrong-code' }, '')).toEqual({ code: 'wrong-code' })
  expect(withPinOnceMore({ pin: 'too-easy' }, '123456')).toEqual({ pin: 'too-easy' })
})
