import { obstacleToName, obstacleToSignInName } from '#rooms/people/person.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { type ObstacleToPassword, obstacleToPassword } from '#rooms/people/server/password.ts'

export interface EntryProblems {
  name?: 'no-name' | 'name-too-long'
  signInName?: 'malformed-sign-in-name' | 'taken'
  password?: ObstacleToPassword
  code?: 'wrong-code'
}

/** What was typed to come in, and everything that is wrong with it at once. */
export function readEntryForm(field: (name: string) => string, totpSecret: string, now: Temporal.Instant) {
  const asked = { name: field('called'), signInName: field('name'), password: field('password'), code: field('code') }
  const found = {
    name: obstacleToName(asked.name) ?? undefined,
    signInName: obstacleToSignInName(asked.signInName) ?? undefined,
    password: obstacleToPassword(asked.password, [asked.name, asked.signInName]),
    code: stepOfCode(totpSecret, asked.code, now, undefined) === undefined ? ('wrong-code' as const) : undefined,
  }
  const problems: EntryProblems = Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined))
  return { asked, problems }
}
