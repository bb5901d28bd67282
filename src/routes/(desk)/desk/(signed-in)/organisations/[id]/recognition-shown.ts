import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { formatDay, formatInstantDay } from '#kernel/when/phrase.ts'
import { nameIn, type Organisation } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { votersOf } from '#rooms/people/recognition.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { findDeciders, listDelegated, listProposalsAbout, listRecognitions, type Proposal, type RecordedRecognition } from '#rooms/people/server/recognition-queries.ts'

const DECIDED = { carried: m.og_was_decided, rejected: m.og_was_rejected, lapsed: m.og_was_lapsed, 'taken-back': m.og_was_taken_back }

/** What the page of an organisation tells of its recognition, and which acts it offers to whom. */
export async function recognitionShown(db: ReadDb, viewer: Person, organisation: Organisation, lang: Lang, zone: string, now: Temporal.Instant) {
  const spoken = { locale: lang as 'en' }
  const all = await listOrganisations(db)
  const named = (id: string) => ({ id, name: nameIn(all.find((one) => one.id === id)!.texts, lang).text })
  const recognised = all.filter(({ recognition }) => recognition !== null).map(({ id }) => id)
  const hers = await listDelegated(db, viewer.id, now)
  const kind = organisation.recognition ? ('end' as const) : ('recognise' as const)
  const proposals = await listProposalsAbout(db, organisation.id, now)
  const open = proposals.find(({ outcome }) => outcome === null)
  const deciders = await findDeciders(db, now)
  const voted = (one: Proposal) => [one.voices.filter(({ agrees }) => agrees), one.voices.filter(({ agrees }) => !agrees)] as const
  const recordLines = ({ recognisedOn, basis, decidedBy, endedOn, endedWhy }: RecordedRecognition) => [
    (decidedBy === 'members' ? m.og_decided : m.og_recorded)({ date: formatDay(recognisedOn, lang), basis }, spoken),
    ...(endedOn ? [m.og_was_ended({ date: formatDay(endedOn, lang), why: endedWhy ?? '' }, spoken)] : []),
  ]
  const closedLines = (one: Proposal) => [
    DECIDED[one.outcome!]({ what: one.kind === 'end' ? m.og_asked_end({}, spoken) : m.og_asked({}, spoken) }, spoken),
    ...one.voices.map(({ organisationId, agrees }) => (agrees ? m.og_your_yes : m.og_your_no)({ organisation: named(organisationId).name }, spoken)),
  ]
  const voters = open ? votersOf(open, recognised) : []
  return {
    isRecognised: organisation.recognition !== null,
    deciders, kind,
    mayRecord: deciders === 'stewards' && isSteward(viewer),
    /** Members for which she can propose what is not proposed yet. */
    mayPropose: deciders === 'members' && !open ? votersOf({ kind, organisationId: organisation.id }, recognised).filter((id) => hers.includes(id)).map(named) : [],
    open: open && {
      id: open.id, kind: open.kind, why: open.why,
      by: m.og_asked_by({ organisation: named(open.proposedFor).name, day: formatInstantDay(open.closesAt, lang, zone) }, spoken),
      voices: m.og_voices({ agreed: voted(open)[0].length, refused: voted(open)[1].length, all: voters.length }, spoken),
      hers: voters.filter((id) => hers.includes(id)).map((id) => ({ ...named(id), agrees: open.voices.find(({ organisationId }) => organisationId === id)?.agrees ?? null })),
      mayTakeBack: hers.includes(open.proposedFor) && voters.includes(open.proposedFor),
    },
    records: (await listRecognitions(db, organisation.id)).map(recordLines),
    closed: proposals.filter(({ outcome }) => outcome !== null).map(closedLines),
  }
}
export type RecognitionShown = Awaited<ReturnType<typeof recognitionShown>>
