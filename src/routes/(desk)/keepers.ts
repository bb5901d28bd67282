import { m } from '#kernel/language/m.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Duty } from '#kernel/viewer/viewer.ts'
import { KEEPING_DUTIES, mayKeep, type OnDuty } from '#rooms/media/keeping.ts'
import { countKept, type KeptCount } from '#rooms/media/server/draft-queries.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { listMembers } from '#rooms/people/server/member-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { isSteward } from '#rooms/people/person.ts'
import { dutySaid } from '#rooms/people/ui/duty-said.ts'
import { nextField } from './handing-on.ts'

export interface Option { value: string; text: string }
export const NOBODY = 'nobody'

interface Asking { db: ReadDb; now: Temporal.Instant; lang: string }

/** A duty by which somebody can keep texts. */
export const isKeeping = ({ duty }: Duty) => duty === 'steward' || (KEEPING_DUTIES as readonly string[]).includes(duty)

/** Everybody who can keep texts, each with the duties by which she can. */
async function listKeepersToBe({ db, now, lang }: Asking) {
  const organisations = (await listOrganisations(db)).map(({ id, texts }) => ({ id, name: nameIn(texts, lang).text }))
  const members = (await listMembers(db, now)).map(({ duties, ...one }) => ({ ...one, duties: duties.filter(isKeeping) })).filter(({ duties }) => duties.length > 0)
  const said = ({ name, duties }: { name: string; duties: Parameters<typeof dutySaid>[0][] }) => `${name} (${duties.map((duty) => dutySaid(duty, organisations, lang)).join('; ')})`
  const texts = members.map(said)
  // Two who are called alike and do the same are told apart by the names that they sign in with.
  const options = members.map(({ id, signInName }, i) => ({ value: id, text: texts.filter((text) => text === texts[i]).length > 1 ? `${texts[i]}, ${signInName}` : texts[i]! }))
  return { organisations, members: members.map((member, i) => ({ ...member, option: options[i]! })) }
}

/** To whom she can hand texts on: a steward to anyone who can keep some, everybody else within her own organisations. */
export async function optionsFor(asking: Asking, who: OnDuty): Promise<Option[]> {
  const { members } = await listKeepersToBe(asking)
  if (isSteward(who)) return members.map(({ option }) => option)
  const own = who.duties.filter((duty) => isKeeping(duty) && duty.organisationId !== null).map(({ organisationId }) => organisationId)
  return members.filter(({ duties }) => duties.some(({ organisationId }) => own.includes(organisationId))).map(({ option }) => option)
}

/** One question of a form: who takes what she keeps of one organisation. */
export interface KeptTexts { name: string; label: string; hint: string; options: Option[] }

/** What somebody keeps and could keep no more with the duties that she has left, by organisation, and who could take it. */
export async function keptTexts(asking: Asking, personId: string, left: readonly Duty[]): Promise<KeptTexts[]> {
  const lost = (await countKept(asking.db, personId)).filter((one) => !mayKeep(left, one))
  if (lost.length === 0) return []
  const spoken = { locale: asking.lang as 'en' }
  const { organisations, members } = await listKeepersToBe(asking)
  return [...Map.groupBy(lost, ({ writtenIn }) => writtenIn)].map(([writtenIn, counts]) => {
    const sum = (of: 'items' | 'drafts') => counts.reduce((total, one) => total + one[of], 0)
    const where = organisations.find(({ id }) => id === writtenIn)?.name
    const next = members.filter(({ id, duties }) => id !== personId && counts.some((one: KeptCount) => mayKeep(duties, one)))
    return {
      name: nextField(writtenIn),
      label: where === undefined ? m.drf_next_alliance({}, spoken) : m.drf_next_of({ where }, spoken),
      hint: m.drf_keeps({ count: sum('items'), number: String(sum('items')), drafts: String(sum('drafts')) }, spoken),
      options: [{ value: NOBODY, text: m.drf_to_nobody({}, spoken) }, ...next.map(({ option }) => option)],
    }
  })
}
