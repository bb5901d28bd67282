import { type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { type Part, wordDifference } from '#rooms/media/agreed-difference.ts'
import { type AgreementState, isWaitedFor, lastAnswer, stateOf } from '#rooms/media/agreement.ts'
import { factsIn } from '#rooms/media/claiming.ts'
import type { KnownSigner, NewestWords } from '#rooms/media/server/agreement-queries.ts'
import { stateName } from '#rooms/media/ui/agreement-names.ts'
import type { Delegate } from '#rooms/people/server/delegate-queries.ts'

/** One language of the item, as a column of the board. */
export interface BoardLanguage {
  lang: Lang
  name: string
  isSource: boolean
  /** Of the newest text, which is asked about; null while there is none. */
  hash: string | null
  /** It was taken down: nobody is asked about it. */
  isWithdrawn: boolean
}

/** How one organisation stands with the text in one language. */
export interface BoardText extends BoardLanguage {
  state: AgreementState
  isLate: boolean
  /** Sentences about what was done last. */
  last: string[]
  reason: string | null
  /** Paragraphs that are wanted otherwise, by words; null for one that is to be taken out. */
  changes: { was: string; parts: Part[] | null }[]
  /** Links that still open. */
  open: { id: string; name: string }[]
  isAsked: boolean
}

export interface BoardRow {
  organisationId: string
  name: string
  /** The source, which all are to sign, and then what this organisation claimed. */
  texts: [BoardText, ...BoardText[]]
  isLeftOut: boolean
  delegates: { value: string; text: string }[]
  /** Languages that it could claim. */
  others: { value: string; text: string }[]
}

interface Named { languages: readonly BoardLanguage[]; now: Temporal.Instant; lang: Lang; zone: string; people: ReadonlyMap<string, string>; delegates: readonly Delegate[] }

export const boardLanguage = (lang: Lang, isSource: boolean, newest: NewestWords | undefined, spoken: Lang): BoardLanguage =>
  ({ lang, name: languageName(lang, spoken), isSource, hash: newest?.hash ?? null, isWithdrawn: newest?.isWithdrawn ?? false })

/** One organisation on the release board, in words. */
export function boardRow(signer: KnownSigner, name: string, named: Named): BoardRow {
  const { languages, delegates } = named
  const isTheirs = ({ lang, isSource }: BoardLanguage) => isSource || signer.claims.some((claim) => claim.lang === lang)
  return {
    organisationId: signer.organisationId, name, isLeftOut: signer.isLeftOut, texts: languages.filter(isTheirs).map((language) => boardText(signer, language, named)) as BoardRow['texts'],
    delegates: delegates.filter(({ organisationId }) => organisationId === signer.organisationId).map((one) => ({ value: one.id, text: one.hasPin ? one.name : m.agr_without_pin({ name: one.name }, { locale: named.lang as 'en' }) })),
    others: languages.filter((one) => !isTheirs(one)).map((one) => ({ value: one.lang, text: one.name })),
  }
}

function boardText(signer: KnownSigner, language: BoardLanguage, { now, lang, zone, people }: Named): BoardText {
  const spoken = { locale: lang as 'en' }
  const at = (moment: Temporal.Instant) => formatInstant(moment, lang, zone)
  const who = (id: string) => people.get(id) ?? id
  const hash = language.hash ?? ''
  const facts = factsIn(signer, language.lang)
  const state = stateOf(facts, hash, now)
  const answer = lastAnswer(facts.answers, hash)
  const claim = language.isSource ? undefined : signer.claims.find((one) => one.lang === language.lang)
  const open = facts.asks.filter((ask) => ask.hash === hash && ask.revokedAt === null)
  const said = (one: { at: Temporal.Instant; personId: string; answer: AgreementState }) => m.agr_l_answered({ state: stateName(one.answer, lang), day: at(one.at), name: who(one.personId) }, spoken)
  const earlier = facts.answers.findLast((one) => one.hash !== hash && one.lang === language.lang)
  const last = [
    ...(claim ? [m.clm_since({ day: at(claim.claimedAt), name: who(claim.claimedBy) }, spoken)] : []),
    ...(signer.leftOut ? [m.agr_l_out({ day: at(signer.leftOut.at), name: who(signer.leftOut.by), why: signer.leftOut.why }, spoken)] : []),
    ...(answer ? [said(answer)] : open.flatMap(({ askedAt, seenAt, deadline, channel, personId }) => [
      channel ? m.agr_l_asked_how({ day: at(askedAt), name: who(personId), how: channel }, spoken) : m.agr_l_asked({ day: at(askedAt), name: who(personId) }, spoken),
      ...(seenAt ? [m.agr_l_seen({ day: at(seenAt) }, spoken)] : []), ...(deadline ? [m.agr_by({ moment: at(deadline) }, spoken)] : []),
    ])),
    ...(earlier && !answer ? [m.agr_l_before({ said: said(earlier) }, spoken)] : []),
    ...(language.hash === null && claim ? [m.clm_no_text({}, spoken)] : []),
  ]
  return {
    ...language, state, isLate: ['agreed-if', 'declined', 'no-answer'].includes(state), last: last.length > 0 ? last : [m.agr_l_none({}, spoken)],
    reason: answer?.reason ?? null, changes: (answer?.changes ?? []).map(({ was, wanted }) => ({ was, parts: wanted === '' ? null : wordDifference(was, wanted) })), isAsked: open.length > 0 || answer !== undefined,
    open: open.map(({ id, personId }) => ({ id, name: who(personId) })),
  }
}

/** Whom it waits for, in which language, and who would sign if it went out now. */
export function sumOf(rows: readonly BoardRow[]) {
  const stands = ({ isSource, hash, isWithdrawn }: BoardText) => isSource || (hash !== null && !isWithdrawn)
  return {
    waits: rows.flatMap(({ name, texts }) => texts.filter((text) => isWaitedFor(text.state) && stands(text)).map((text) => ({ name: text.isSource ? name : `${name}, ${text.name}`, state: text.state }))),
    agreed: rows.filter(({ texts }) => texts[0].state === 'agreed').map(({ name }) => name), counted: rows.filter(({ isLeftOut }) => !isLeftOut).length,
  }
}
