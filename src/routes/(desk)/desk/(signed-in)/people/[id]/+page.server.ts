import { error, fail, redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { invitedBy } from '#rooms/people/invitation.ts'
import type { HandedOn } from '#rooms/media/server/keeping-actions.ts'
import { nameIn, sortedByName } from '#rooms/people/organisation.ts'
import { endDuty, giveDuty } from '#rooms/people/server/duty-actions.ts'
import { findPerson, type GivenDuty } from '#rooms/people/server/duty-queries.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { endSessionsOf } from '#rooms/people/server/session-actions.ts'
import { dutySaid } from '#rooms/people/ui/duty-said.ts'
import { formOf, typed } from '../../../../typed.ts'
import { chosenNext, handOnAfter, typedNext } from '../../../../handing-on.ts'
import { keptTexts } from '../../../../keepers.ts'
import { steward } from '../../../../stewards-only.ts'

export const load = (async ({ locals, params }) => {
  const who = steward(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const spoken = { locale: lang as 'en' }
  const { zone, languages } = await locals.house.site.get()
  const person = await findPerson(db, params.id)
  if (!person) error(404)
  const organisations = sortedByName(await listOrganisations(db), lang).map(({ id, texts }) => ({ id, name: nameIn(texts, lang).text }))
  const day = (moment: Temporal.Instant) => formatInstantDay(moment, lang, zone)
  const facts = ({ since, until, givenByName }: GivenDuty) => {
    if (until) return m.dut_from_to({ from: day(since), to: day(until) }, spoken)
    return givenByName === null ? m.dut_given_at_server({ day: day(since) }, spoken) : m.dut_given_by({ day: day(since), name: givenByName }, spoken)
  }
  const shown = (one: GivenDuty) => ({
    id: one.id, said: dutySaid(one, organisations, lang), facts: facts(one), duty: one.duty, organisation: one.organisationId ?? '', tongue: one.lang ?? '',
  })
  return {
    person: { id: person.id, name: person.name, signInName: person.signInName, since: day(person.since), left: person.endedAt && day(person.endedAt), isThis: person.id === who.id },
    duties: person.duties.filter(({ until }) => until === null).map(shown),
    past: person.duties.filter(({ until }) => until !== null).map(shown),
    organisations,
    kept: person.endedAt ? [] : await keptTexts({ db, now, lang }, person.id, []),
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
  }
}) satisfies PageServerLoad

export const actions = {
  async give({ request, params, locals: { house, viewer } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    const chosen = { duty: typed(form, 'duty', 20), organisation: typed(form, 'organisation', 40), lang: typed(form, 'lang', 40) }
    const to = invitedBy(chosen, (await house.site.get()).languages)
    if (typeof to === 'string') return fail(400, { chosen, problem: to })
    const obstacle = await act(house, (tx) => giveDuty(tx, who, params.id, to, house.clock()))
    if (obstacle === 'no-organisation') return fail(400, { chosen, problem: obstacle })
    if (obstacle) return fail(obstacle === 'not-found' ? 404 : 400, { chosen, done: obstacle })
    return { done: 'given' as const }
  },
  async end({ request, params, locals: { house, viewer, lang } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    const [dutyId, now] = [typed(form, 'duty', 40), house.clock()]
    const asking = form.get('asked') === null ? await keptWithout(house.db.read, lang, params.id, dutyId, now) : []
    if (asking.length > 0) return { asking, dutyId }
    const outcome = await act(house, async (tx) => (await endDuty(tx, who, params.id, dutyId, now)) ?? handOnAfter(tx, who, params.id, chosenNext(form), now))
    if (typeof outcome === 'string') return fail(outcome === 'not-found' ? 404 : 400, { done: outcome })
    // Who ended her own duty as a steward has nothing to see here any more.
    const isStill = (await findPerson(house.db.read, params.id))?.duties.some(({ duty, until }) => duty === 'steward' && until === null)
    if (params.id === who.id && !isStill) redirect(303, '/desk')
    return { done: 'ended' as const, ...counted(outcome) }
  },
  async out({ params, locals: { house, viewer } }) {
    const who = steward(viewer)
    const obstacle = await act(house, (tx) => endSessionsOf(tx, who, params.id, house.clock()))
    if (obstacle) return fail(404, { done: obstacle })
    return { done: 'signed-out' as const }
  },
  async leave({ request, params, locals: { house, viewer } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    if (form.get('sure') === null) return fail(400, { done: 'not-sure' as const, next: typedNext(form) })
    const now = house.clock()
    const outcome = await act(house, async (tx) => (await letGo(tx, who, params.id, now)) ?? handOnAfter(tx, who, params.id, chosenNext(form), now))
    if (typeof outcome === 'string') return fail(outcome === 'not-found' ? 404 : 400, { done: outcome })
    return { done: 'gone' as const, ...counted(outcome) }
  },
} satisfies Actions

/** What she keeps and could keep no more without this duty. */
async function keptWithout(db: ReadDb, lang: string, personId: string, dutyId: string, now: Temporal.Instant) {
  const standing = (await findPerson(db, personId))?.duties.filter(({ until }) => until === null) ?? []
  return standing.some(({ id }) => id === dutyId) ? keptTexts({ db, now, lang }, personId, standing.filter(({ id }) => id !== dutyId)) : []
}

const counted = ({ given, setDown }: HandedOn) => ({ handedOn: [...given.values()].reduce((sum, one) => sum + one, 0), setDown })
