import type { Person } from '#kernel/viewer/viewer.ts'

/** What a person may do; who may do what to which row is asked of that row's own rule. */
export const DUTIES = ['steward', 'editor', 'translator', 'delegate', 'documenter', 'observer'] as const
export type DutyName = (typeof DUTIES)[number]

/** With as many recovery codes or fewer she is reminded that they end. */
export const FEW_CODES = 2

export const isSteward = ({ duties }: Pick<Person, 'duties'>): boolean => duties.some(({ duty }) => duty === 'steward')

const LONGEST_NAME = 80
const SIGN_IN_NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{2,39}$/u

/** Two sign-in names are one when they differ by case, accents or width alone: `María` signs in as `maria`. */
export const signInKey = (name: string): string => fold(fold(name))

/** Twice over: a small letter may fall into parts that its capital did not. */
const fold = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** As she wants to be called: any words, one line. */
export function obstacleToName(name: string): 'no-name' | 'name-too-long' | null {
  const plain = name.trim()
  if (plain === '' || /\p{Cc}/u.test(plain)) return 'no-name'
  return [...plain].length > LONGEST_NAME ? 'name-too-long' : null
}

export function obstacleToSignInName(name: string): 'malformed-sign-in-name' | null {
  return SIGN_IN_NAME.test(name.trim()) && signInKey(name).length >= 3 ? null : 'malformed-sign-in-name'
}
