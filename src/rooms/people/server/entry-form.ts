import type { EntryLink } from '#rooms/people/entry-link.ts'
import { obstacleToName, obstacleToSignInName } from '#rooms/people/person.ts'
import { type ObstacleToPinTwice, obstacleToPinTwice } from '#rooms/people/pin.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { type ObstacleToPassword, obstacleToPassword } from '#rooms/people/server/password.ts'

export interface EntryProblems {
  name?: 'no-name' | 'name-too-long'
  signInName?: 'malformed-sign-in-name' | 'taken'
  password?: ObstacleToPassword
  code?: 'wrong-code'
  passkey?: 'passkey-refused'
  pin?: ObstacleToPinTwice | 'pin-once-more'
}

/** Her two names, as typed, and what is wrong with them. */
export function readNames(field: (name: string) => string) {
  const asked = { name: field('called'), signInName: field('name') }
  return { asked, problems: found({ name: obstacleToName(asked.name) ?? undefined, signInName: obstacleToSignInName(asked.signInName) ?? undefined }) }
}

/** What is asked whichever way she comes in by: her two names, and of a delegate the digits she answers by, now or later. */
export function readNamesAndPin(field: (name: string) => string, link: Pick<EntryLink, 'duty'>) {
  const names = readNames(field)
  const pin = asksPin(link) ? field('pin').trim() : ''
  const obstacle = asksPin(link) ? obstacleToPinTwice(pin, field('pinAgain').trim()) : null
  return { asked: { ...names.asked, pin }, problems: found({ ...names.problems, pin: obstacle ?? undefined }) }
}

/** Nobody else is ever asked to answer for an organisation. */
export const asksPin = ({ duty }: Pick<EntryLink, 'duty'>): boolean => duty === 'delegate'

/** What was typed to come in, and everything that is wrong with it at once. Who comes by a passkey types no password and no code. */
export function readEntryForm(field: (name: string) => string, link: Pick<EntryLink, 'duty' | 'totpSecret'>, now: Temporal.Instant, by: 'password' | 'passkey' = 'password') {
  const names = readNamesAndPin(field, link)
  const asked = { ...names.asked, password: field('password'), code: field('code') }
  if (by === 'passkey') return { asked, problems: names.problems }
  const secrets = found({
    password: obstacleToPassword(asked.password, [asked.name, asked.signInName]),
    code: stepOfCode(link.totpSecret!, asked.code, now, undefined) === undefined ? ('wrong-code' as const) : undefined,
  })
  return { asked, problems: { ...names.problems, ...secrets } }
}

/** The same problems, and that digits which nothing is wrong with are to be typed again: no page gives a secret back. */
export const withPinOnceMore = (problems: EntryProblems, pin: string): EntryProblems => (pin === '' ? problems : { pin: 'pin-once-more', ...problems })

const found = (problems: EntryProblems): EntryProblems => Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined))
