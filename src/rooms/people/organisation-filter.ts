import type { Organisation } from '#rooms/people/organisation.ts'
import { signInKey } from '#rooms/people/person.ts'

export const STANDINGS = ['shown', 'not-shown', 'led'] as const

export interface AskedOrganisations {
  /** A part of a name in any language; '' for any. */
  q: string
  field: string
  standing: string
}

/** Whether an organisation is among those asked for. Accents and case count for nothing; what is no standing asks for none. */
export function isAskedForOrganisation(
  { texts, fields, agreedToBeShownAt, recognition }: Pick<Organisation, 'texts' | 'fields' | 'agreedToBeShownAt' | 'recognition'>, asked: AskedOrganisations,
): boolean {
  const part = signInKey(asked.q)
  const isNamed = part === '' || Object.values(texts).some(({ name, shortName }) => [name, shortName ?? ''].some((one) => signInKey(one).includes(part)))
  if (!isNamed || (asked.field !== '' && !fields.some((field) => field === asked.field))) return false
  if (asked.standing === 'led') return recognition !== null
  if (asked.standing === 'shown') return agreedToBeShownAt !== null
  return asked.standing !== 'not-shown' || agreedToBeShownAt === null
}
