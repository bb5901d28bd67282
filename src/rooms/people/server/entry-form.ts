import { obstacleToName, obstacleToSignInName } from '#rooms/people/person.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { type ObstacleToPassword, obstacleToPassword } from '#rooms/people/server/password.ts'

export interface EntryProblems {
  name?: 'no-name' | 'name-too-long'
  signInName?: 'malformed-sign-in-name' | 'taken'
  password?: ObstacleToPassword
  code?: 'wrong-code'
  passkey?: 'passkey-refused'
}

/** Her two names, as typed, and what is wrong with them. */
export function readNames(field: (name: string) => string) {
  const asked = { name: field('called'), signInName: field('name') }
  return { asked, problems: found({ name: obstacleToName(asked.name) ?? undefined, signInName: obstacleToSignInName(asked.signInName) ?? undefined }) }
}

/** What was typed to come in, and everything that is wrong with it at once. Who comes by a passkey types two names alone. */
export function readEntryForm(field: (name: string) => string, totpSecret: string, now: Temporal.Instant, by: 'password' | 'passkey' = 'password') {
  const names = readNames(field)
  const asked = { ...names.asked, password: field('password'), code: field('code') }
  if (by === 'passkey') return { asked, problems: names.problems }
  const secrets = found({
    password: obstacleToPassword(asked.password, [asked.name, asked.signInName]),
    code: stepOfCode(totpSecret, asked.code, now, undefined) === undefined ? ('wrong-code' as const) : undefined,
  })
  return { asked, problems: { ...names.problems, ...secrets } }
}

const found = (problems: EntryProblems): EntryProblems => Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined))
