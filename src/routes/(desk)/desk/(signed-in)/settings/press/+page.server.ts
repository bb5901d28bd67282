import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { readPressForm, SPOKEN_LANGUAGES, typedContact } from '#kernel/site/press-form.ts'
import { addPressContact, changePressContact, removePressContact } from '#kernel/site/server/press-actions.ts'
import { contactKey, contactMark } from '#kernel/site/server/press-mark.ts'
import { listPressContacts } from '#kernel/site/server/press-queries.ts'
import { findZone, ZONES } from '#kernel/when/zone.ts'
import { bySteward, steward } from '../../../../stewards-only.ts'
import { formOf, typed } from '../../../../typed.ts'
import { contactTyped } from './contact-typed.ts'

export const load = (async ({ locals, url }) => {
  steward(locals.viewer)
  const site = await locals.house.site.get()
  const contacts = (await listPressContacts(locals.reading.db)).map((contact) => ({ ...contact, key: contactKey(contact.channel), mark: contactMark(contact) }))
  const said = url.searchParams.get('said')
  return {
    contacts, chosen: url.searchParams.get('contact'), languages: site.languages, empty: typedContact(undefined, site.zone), zones: ZONES,
    spoken: [...new Set([...SPOKEN_LANGUAGES, ...site.languages])].map((key) => ({ key, text: languageName(key, locals.lang) })),
    shownIn: site.languages.includes(locals.lang) ? locals.lang : site.defaultLanguage,
    said: said === 'added' || said === 'changed' ? said : null,
  }
}) satisfies PageServerLoad

export const actions = {
  async add({ request, locals: { house, viewer } }) {
    steward(viewer)
    const written = contactTyped(await formOf(request))
    const read = readPressForm(written, findZone)
    if ('problems' in read) return fail(400, { typed: written, problems: read.problems })
    const obstacle = await bySteward(house, viewer, (tx, who, now) => addPressContact(tx, read.contact, who.id, now))
    if (obstacle) return fail(409, { typed: written, obstacle })
    redirect(303, '/desk/settings/press?said=added')
  },
  async change({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const written = contactTyped(form)
    const seen = seenIn(form)
    const read = readPressForm(written, findZone)
    if ('problems' in read) return fail(400, { typed: written, problems: read.problems, seen })
    const obstacle = await bySteward(house, viewer, (tx, who, now) => changePressContact(tx, seen, read.contact, who.id, now))
    // Drawn anew from what stands now, which is shown beside it: whoever keeps hers then writes over it knowingly.
    if (obstacle === 'changed-meanwhile') return fail(409, { typed: written, obstacle, seen: { channel: seen.channel } })
    if (obstacle) return fail(409, { typed: written, obstacle, seen: obstacle === 'not-found' ? undefined : seen })
    redirect(303, '/desk/settings/press?said=changed')
  },
  async remove({ request, locals: { house, viewer } }) {
    steward(viewer)
    const seen = seenIn(await formOf(request))
    const outcome = await bySteward(house, viewer, (tx, who, now) => removePressContact(tx, seen, who.id, now))
    if ('obstacle' in outcome) return fail(409, { kept: outcome.obstacle })
    return { removed: typedContact(outcome.removed, ''), place: outcome.place }
  },
  /** Undoes a removal: what was taken away comes back by the form that it left, and is read like any other. */
  async restore({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const written = contactTyped(form)
    const read = readPressForm(written, findZone)
    if ('problems' in read) return fail(400, { typed: written, problems: read.problems })
    const place = Number(typed(form, 'place', 2))
    const obstacle = await bySteward(house, viewer, (tx, who, now) => addPressContact(tx, read.contact, who.id, now, place))
    return obstacle ? fail(409, { typed: written, obstacle }) : { isBack: true }
  },
} satisfies Actions

const seenIn = (form: FormData) => ({ channel: typed(form, 'seen', 300), drawn: typed(form, 'drawn', 64) })
