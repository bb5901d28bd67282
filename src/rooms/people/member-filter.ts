import { type DutyName, signInKey } from '#rooms/people/person.ts'

export interface AskedMembers {
  /** A part of a name; '' for any. */
  q: string
  organisation: string
  duty: string
}

interface Findable {
  name: string
  signInName: string
  duties: { duty: DutyName; organisationId: string | null }[]
}

/** Whether somebody is among those asked for: organisation and duty must meet in one of her duties. Accents and case count for nothing. */
export function isAskedFor({ name, signInName, duties }: Findable, asked: AskedMembers): boolean {
  const part = signInKey(asked.q)
  const isNamed = part === '' || [name, signInName].some((one) => signInKey(one).includes(part))
  if (!isNamed || (asked.organisation === '' && asked.duty === '')) return isNamed
  return duties.some(({ duty, organisationId }) =>
    (asked.organisation === '' || organisationId === asked.organisation) && (asked.duty === '' || duty === asked.duty))
}
