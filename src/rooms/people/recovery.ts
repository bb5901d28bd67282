/** Days for which a page of recovery works: two colleagues are not always at hand. */
export const RECOVERY_DAYS = 3
/** From so many people who may sign in on, the colleagues of an organisation can let one of them back in. */
const ENOUGH_PEOPLE = 3
const CONFIRMATIONS = 2
/** Wrong codes of one colleague, after which she can confirm only what is asked later. */
export const MOST_WRONG_CODES = 5
/** Requests of one person that can be open at once. More would make two of them likely to have one spoken code. */
export const MOST_OPEN_REQUESTS = 100

/** Somebody's standing duties in one organisation, or (null) as a steward of the whole house, and since when. */
export interface CircleMember {
  personId: string
  circle: string | null
  since: Temporal.Instant
}

export interface Asking {
  personId: string
  askedAt: Temporal.Instant
}

/** Who can let somebody back in: two of one circle, or one steward when a recovery code is given too. */
export type Way = { by: 'two-of-a-circle'; circles: string[][] } | { by: 'steward-and-code'; stewards: string[] }

/**
 * Who can confirm. A steward is let back in by stewards alone: else two people of one organisation could together take what
 * opens the whole house. Who got a duty after she asked confirms nothing: it may have been given for that.
 * @param members of all circles of hers, herself among them, and all stewards
 */
export function wayBack({ personId, askedAt }: Asking, members: readonly CircleMember[]): Way {
  const own = [...new Set(members.filter((one) => one.personId === personId).map(({ circle }) => circle))]
  const circles = own.includes(null) ? [null] : own
  const peopleOf = (circle: string | null) => members.filter((one) => one.circle === circle)
  const helpersIn = (circle: string | null) =>
    peopleOf(circle).filter((one) => one.personId !== personId && Temporal.Instant.compare(one.since, askedAt) < 0).map((one) => one.personId)
  const large = circles.filter((circle) => peopleOf(circle).length >= ENOUGH_PEOPLE)
  return large.length > 0 ? { by: 'two-of-a-circle', circles: large.map(helpersIn) } : { by: 'steward-and-code', stewards: helpersIn(null) }
}

/** Everybody who can confirm. */
export const helpersOf = (way: Way): string[] => (way.by === 'two-of-a-circle' ? [...new Set(way.circles.flat())] : way.stewards)

export const mayConfirm = (way: Way, personId: string): boolean => helpersOf(way).includes(personId)

/** @param confirmedBy different persons */
export function isConfirmed(way: Way, confirmedBy: readonly string[], isCodeGiven: boolean): boolean {
  const of = (people: string[]) => confirmedBy.filter((one) => people.includes(one)).length
  return way.by === 'two-of-a-circle' ? way.circles.some((circle) => of(circle) >= CONFIRMATIONS) : isCodeGiven && of(way.stewards) > 0
}
