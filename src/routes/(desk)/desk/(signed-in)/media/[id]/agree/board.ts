import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { type Part, wordDifference } from '#rooms/media/agreed-difference.ts'
import { type AgreementState, isWaitedFor, lastAnswer, stateOf } from '#rooms/media/agreement.ts'
import type { KnownSigner } from '#rooms/media/server/agreement-queries.ts'
import { stateName } from '#rooms/media/ui/agreement-names.ts'
import type { Delegate } from '#rooms/people/server/delegate-queries.ts'

export interface BoardRow {
  organisationId: string
  name: string
  state: AgreementState
  isLate: boolean
  /** Sentences about what was done last. */
  last: string[]
  reason: string | null
  /** Paragraphs that are wanted otherwise, by words; null for one that is to be taken out. */
  changes: { was: string; parts: Part[] | null }[]
  delegates: { value: string; text: string }[]
  /** Links that still open. */
  open: { id: string; name: string }[]
  isAsked: boolean
}

interface Named { hash: string; now: Temporal.Instant; lang: Lang; zone: string; people: ReadonlyMap<string, string>; delegates: readonly Delegate[] }

/** One organisation on the release board, in words. */
export function boardRow(signer: KnownSigner, name: string, { hash, now, lang, zone, people, delegates }: Named): BoardRow {
  const spoken = { locale: lang as 'en' }
  const at = (moment: Temporal.Instant) => formatInstant(moment, lang, zone)
  const who = (id: string) => people.get(id) ?? id
  const state = stateOf(signer, hash, now)
  const answer = lastAnswer(signer.answers, hash)
  const open = signer.asks.filter((ask) => ask.hash === hash && ask.revokedAt === null)
  const said = (one: { at: Temporal.Instant; personId: string; answer: AgreementState }) => m.agr_l_answered({ state: stateName(one.answer, lang), day: at(one.at), name: who(one.personId) }, spoken)
  const earlier = signer.answers.findLast((one) => one.hash !== hash)
  const last = [
    ...(signer.leftOut ? [m.agr_l_out({ day: at(signer.leftOut.at), name: who(signer.leftOut.by), why: signer.leftOut.why }, spoken)] : []),
    ...(answer ? [said(answer)] : open.flatMap(({ askedAt, seenAt, deadline, channel, personId }) => [
      channel ? m.agr_l_asked_how({ day: at(askedAt), name: who(personId), how: channel }, spoken) : m.agr_l_asked({ day: at(askedAt), name: who(personId) }, spoken),
      ...(seenAt ? [m.agr_l_seen({ day: at(seenAt) }, spoken)] : []), ...(deadline ? [m.agr_by({ moment: at(deadline) }, spoken)] : []),
    ])),
    ...(earlier && !answer ? [m.agr_l_before({ said: said(earlier) }, spoken)] : []),
  ]
  return {
    organisationId: signer.organisationId, name, state, isLate: ['agreed-if', 'declined', 'no-answer'].includes(state), last: last.length > 0 ? last : [m.agr_l_none({}, spoken)],
    reason: answer?.reason ?? null, changes: (answer?.changes ?? []).map(({ was, wanted }) => ({ was, parts: wanted === '' ? null : wordDifference(was, wanted) })), isAsked: open.length > 0 || answer !== undefined,
    delegates: delegates.filter(({ organisationId }) => organisationId === signer.organisationId).map((one) => ({ value: one.id, text: one.hasPin ? one.name : m.agr_without_pin({ name: one.name }, spoken) })),
    open: open.map(({ id, personId }) => ({ id, name: who(personId) })),
  }
}

/** Whom it waits for, and who would sign if it went out now. */
export const sumOf = (rows: readonly BoardRow[]) => ({ waits: rows.filter(({ state }) => isWaitedFor(state)), agreed: rows.filter(({ state }) => state === 'agreed'), counted: rows.filter(({ state }) => state !== 'left-out').length })
