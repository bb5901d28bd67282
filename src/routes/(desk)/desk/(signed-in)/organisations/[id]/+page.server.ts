import { error, fail } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { isId } from '#kernel/id/id.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { canonicalWords, editingReach, mayListOrganisations } from '#rooms/people/organisation-editing.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { callOffAllNaming, lockNaming } from '#rooms/media/server/withdrawal-actions.ts'
import { editOrganisationAs, setShownAs } from '#rooms/people/server/organisation-editing-actions.ts'
import { findAgreement, findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { castVoice, proposeRecognition, takeBackProposal } from '#rooms/people/server/proposal-actions.ts'
import { endRecognition, recordRecognition } from '#rooms/people/server/recognition-actions.ts'
import { signedIn } from '../../../../signed-in.ts'
import { bySteward, steward } from '../../../../stewards-only.ts'
import { formOf, typed } from '../../../../typed.ts'
import { drawnFrom, typedWords, wordsOf } from '../words-typed.ts'
import { recognitionShown } from './recognition-shown.ts'

export const load = (async ({ locals, params }) => {
  const who = signedIn(locals.viewer)
  const organisation = mayListOrganisations(who) ? await findOrganisation(locals.reading.db, params.id) : undefined
  if (!organisation) error(404)
  const { lang, reading: { db, now } } = locals
  const { zone, languages } = await locals.house.site.get()
  const { id, slug, texts, agreedToBeShownAt } = organisation
  const reach = editingReach(who, id)
  const agreement = await findAgreement(db, id)
  return {
    organisation: { id, slug, name: nameIn(texts, lang), isShown: agreedToBeShownAt !== null },
    reach,
    agreement: agreement && { day: formatInstantDay(agreement.at, lang, zone), name: agreement.byName },
    words: drawnFrom(organisation, languages, lang), drawn: canonicalWords(organisation),
    recognition: await recognitionShown(db, who, organisation, lang, zone, now),
  }
}) satisfies PageServerLoad

/** Who has no right to it, and what is not there, answer alike. */
const refused = (obstacle: string, why = '') => (obstacle === 'not-found' ? error(404) : fail(400, { done: obstacle, why }))

export const actions = {
  async save({ request, params, locals: { house, viewer, lang } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const standing = await findOrganisation(house.db.read, params.id)
    if (!standing || !editingReach(who, params.id)) error(404)
    const written = typedWords(form, [...new Set([...(await house.site.get()).languages, ...Object.keys(standing.texts)])])
    const words = wordsOf(written, lang)
    if ('placeProblem' in words) return fail(400, { typed: written, problem: 'unknown-place' as const, placeProblem: words.placeProblem, drawn: typed(form, 'drawn', 20_000) })
    const obstacle = await act(house, (tx) => editOrganisationAs(tx, who, params.id, words, typed(form, 'drawn', 20_000), house.clock()))
    if (obstacle === 'not-found') error(404)
    // Her next try is compared with what she is shown beside her own words.
    if (obstacle) return fail(400, { typed: written, problem: obstacle, placeProblem: undefined, drawn: obstacle === 'changed-meanwhile' ? undefined : typed(form, 'drawn', 20_000) })
    return { done: 'saved' }
  },
  async shown({ request, params, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const isShown = form.get('shown') === 'yes'
    const now = house.clock()
    const { obstacle, calledOff } = await act(house, async (tx) => {
      if (!isShown && isId(params.id)) await lockNaming(tx, params.id, now)
      const obstacle = await setShownAs(tx, who, params.id, isShown, now)
      return { obstacle, calledOff: obstacle || isShown ? 0 : await callOffAllNaming(tx, params.id, who.id, now) }
    })
    return obstacle ? refused(obstacle) : { done: 'done', calledOff }
  },
  async record({ request, params, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const { zone } = await house.site.get()
    const why = typed(form, 'why')
    const obstacle = await bySteward(house, viewer, (tx, who, now) => {
      const today = now.toZonedDateTimeISO(zone).toPlainDate()
      return form.get('kind') === 'end'
        ? endRecognition(tx, params.id, today, why, who.id, now) : recordRecognition(tx, params.id, { recognisedOn: today, basis: why }, who.id, now)
    })
    return obstacle ? refused(obstacle, why) : { done: 'done' }
  },
  async propose({ request, params, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const now = house.clock()
    const proposal = { organisationId: params.id, kind: form.get('kind') === 'end' ? ('end' as const) : ('recognise' as const), why: typed(form, 'why'), speaksFor: typed(form, 'member', 40) }
    const today = now.toZonedDateTimeISO((await house.site.get()).zone).toPlainDate()
    const obstacle = await act(house, (tx) => proposeRecognition(tx, who, proposal, { now, today }))
    return obstacle ? refused(obstacle, proposal.why) : { done: 'done' }
  },
  async voice({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const now = house.clock()
    const answer = form.get('answer')
    if (answer !== 'yes' && answer !== 'no') return fail(400, { done: 'no-reason' })
    const voice = { proposalId: typed(form, 'proposal', 40), speaksFor: typed(form, 'member', 40), agrees: answer === 'yes' }
    const today = now.toZonedDateTimeISO((await house.site.get()).zone).toPlainDate()
    const obstacle = await act(house, (tx) => castVoice(tx, who, voice, { now, today }))
    return obstacle ? refused(obstacle) : { done: 'done' }
  },
  async back({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const obstacle = await act(house, (tx) => takeBackProposal(tx, who, typed(form, 'proposal', 40), house.clock()))
    return obstacle ? refused(obstacle) : { done: 'done' }
  },
} satisfies Actions
