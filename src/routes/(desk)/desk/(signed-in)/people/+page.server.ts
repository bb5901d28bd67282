import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { Person, Viewer } from '#kernel/viewer/viewer.ts'
import { formatInstant, formatInstantDay } from '#kernel/when/phrase.ts'
import { invitedBy } from '#rooms/people/invitation.ts'
import { nameIn, sortedByName } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { entryPath } from '#rooms/people/server/entry-link-lines.ts'
import { invite, revokeInvitation } from '#rooms/people/server/invitation-actions.ts'
import { letGo } from '#rooms/people/server/leaving-actions.ts'
import { listMembers, listOpenLinks } from '#rooms/people/server/member-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { qrSvg } from '#rooms/people/server/qr-code.ts'
import { dutyName } from '#rooms/people/ui/entry-texts.ts'
import { signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'

/** The page and all its acts answer everybody else as an address that never was. */
function steward(viewer: Viewer): Person {
  const person = signedIn(viewer)
  if (!isSteward(person)) error(404)
  return person
}

export const load = (async ({ locals }) => {
  const who = steward(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const { zone, languages } = await locals.house.site.get()
  const organisations = sortedByName(await listOrganisations(db), lang).map(({ id, texts }) => ({ id, name: nameIn(texts, lang).text }))
  const said = ({ duty, organisationId, lang: tongue }: { duty: string; organisationId: string | null; lang: string | null }) => {
    const at = organisations.find(({ id }) => id === organisationId)?.name
    const whole = at === undefined ? dutyName(duty, lang) : m.duty_at({ duty: dutyName(duty, lang), organisation: at }, { locale: lang as 'en' })
    return tongue === null ? whole : `${whole} (${languageName(tongue, lang)})`
  }
  return {
    members: (await listMembers(db, now)).map(({ duties, since, ...one }) => ({ ...one, since: formatInstantDay(since, lang, zone), duties: duties.map(said), isThis: one.id === who.id })),
    links: (await listOpenLinks(db, now)).map((link) => ({ id: link.id, said: said(link), until: formatInstant(link.expiresAt, lang, zone) })),
    organisations,
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
  }
}) satisfies PageServerLoad

export const actions = {
  async invite({ request, url, locals: { house, viewer, lang } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    const chosen = { duty: typed(form, 'duty', 20), organisation: typed(form, 'organisation', 40), lang: typed(form, 'lang', 40) }
    const to = invitedBy(chosen, (await house.site.get()).languages)
    if (typeof to === 'string') return fail(400, { chosen, problem: to })
    const made = await act(house, (tx) => invite(tx, who, to, house.clock()))
    if (made === 'not-found') return fail(400, { chosen, problem: 'no-organisation' as const })
    const link = url.origin + entryPath(made.token)
    return { link, picture: qrSvg(link, m.ppl_qr({}, { locale: lang as 'en' })) }
  },
  async revoke({ request, locals: { house, viewer } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    const refused = await act(house, (tx) => revokeInvitation(tx, who, typed(form, 'link', 40), house.clock()))
    return refused ? fail(404, { done: 'link-not-there' as const }) : { done: 'revoked' as const }
  },
  async end({ request, locals: { house, viewer } }) {
    const who = steward(viewer)
    const form = await formOf(request)
    if (form.get('sure') === null) return fail(400, { done: 'not-sure' as const, unsure: typed(form, 'person', 40) })
    const obstacle = await act(house, (tx) => letGo(tx, who, typed(form, 'person', 40), house.clock()))
    if (obstacle) return fail(obstacle === 'not-found' ? 404 : 400, { done: obstacle })
    return { done: 'gone' as const }
  },
} satisfies Actions
