import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstant, formatInstantDay } from '#kernel/when/phrase.ts'
import { invitedBy } from '#rooms/people/invitation.ts'
import { isAskedFor } from '#rooms/people/member-filter.ts'
import { nameIn, sortedByName } from '#rooms/people/organisation.ts'
import { entryPath } from '#rooms/people/server/entry-link-lines.ts'
import { invite, revokeInvitation } from '#rooms/people/server/invitation-actions.ts'
import { listMembers, listOpenLinks } from '#rooms/people/server/member-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { qrSvg } from '#rooms/people/server/qr-code.ts'
import { dutySaid } from '#rooms/people/ui/duty-said.ts'
import { formOf, typed } from '../../../typed.ts'
import { steward } from '../../../stewards-only.ts'

export const load = (async ({ locals, url }) => {
  const who = steward(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const { zone, languages } = await locals.house.site.get()
  const organisations = sortedByName(await listOrganisations(db), lang).map(({ id, texts }) => ({ id, name: nameIn(texts, lang).text }))
  const said = (duty: Parameters<typeof dutySaid>[0]) => dutySaid(duty, organisations, lang)
  const ask = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 80)
  const asked = { q: ask('q'), organisation: ask('organisation'), duty: ask('duty') }
  return {
    asked,
    members: (await listMembers(db, now)).filter((one) => isAskedFor(one, asked)).map(({ duties, since, ...one }) => ({ ...one, since: formatInstantDay(since, lang, zone), duties: duties.map(said), isThis: one.id === who.id })),
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
} satisfies Actions
