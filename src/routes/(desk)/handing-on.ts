import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { handOnFrom, type HandedOn, handOnItem } from '#rooms/media/server/keeping-actions.ts'
import { lockDutiesOf } from '#rooms/people/server/duty-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { typed } from './typed.ts'
import { writerValue } from './writer-typed.ts'

export interface Chosen {
  itemId: string
  /** Who kept it when the form was drawn; null for nobody. */
  drawn: string | null
}
/** Persons by the organisation that writes the texts, or `ALLIANCE` of `writer-typed.ts`. */
export type ChosenNext = ReadonlyMap<string, string>

/** As a form asks for them: a field for each organisation. */
export const nextField = (writtenIn: string | null): string => `next.${writerValue(writtenIn)}`

export function chosenNext(form: FormData): ChosenNext {
  const fields = [...form.keys()].filter((name) => name.startsWith('next.'))
  return new Map(fields.map((name) => [name.slice('next.'.length), typed(form, name, 40)] as const).filter(([, id]) => isId(id)))
}

/** The same, as the form is drawn again with it. */
export const typedNext = (form: FormData): Record<string, string> => Object.fromEntries([...chosenNext(form)].map(([of, id]) => [`next.${of}`, id]))

type Outcome = Awaited<ReturnType<typeof handOnItem>>

/** Gives texts to one person, or (null) to nobody, in one act; each of them is asked about by its own row. */
export function handOnChosen(house: Pick<House, 'db' | 'pages' | 'clock'>, who: Person, chosen: readonly Chosen[], nextId: string | null): Promise<Outcome[]> {
  const now = house.clock()
  return act(house, async (tx) => {
    const duties = await lockDutiesOf(tx, [who.id, ...(nextId === null ? [] : [nextId])], now)
    const onDuty = (id: string): OnDuty => ({ id, duties: duties.get(id)! })
    const outcomes: Outcome[] = []
    // In one order whoever chooses: two who cross would else wait for each other.
    for (const one of chosen.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))) {
      outcomes.push(await handOnItem(tx, onDuty(who.id), { ...one, next: nextId === null ? null : onDuty(nextId) }, now))
    }
    if (nextId !== null && outcomes.includes(null)) await tell(tx, who, [nextId], now)
    return outcomes
  })
}

/**
 * What somebody may keep no more after the act that took a duty or all of them from her goes on, within that act.
 * @param chosen whom the texts of each organisation go to; what is not among them goes to nobody
 */
export async function handOnAfter(tx: Tx, who: Person, personId: string, chosen: ChosenNext, now: Temporal.Instant): Promise<HandedOn> {
  const duties = await lockDutiesOf(tx, [personId, ...chosen.values()], now)
  const nextIn = (writtenIn: string | null): OnDuty | null => {
    const id = chosen.get(writerValue(writtenIn))
    return id === undefined ? null : { id, duties: duties.get(id)! }
  }
  const handed = await handOnFrom(tx, { id: personId, duties: duties.get(personId)! }, nextIn, who.id, now)
  await tell(tx, who, [...handed.given.keys()], now)
  return handed
}

/** What she gives to herself she need not be told. */
const tell = (tx: Tx, who: Person, to: readonly string[], now: Temporal.Instant) => notify(tx, { kind: 'handed-on', to: to.filter((id) => id !== who.id) }, now)
