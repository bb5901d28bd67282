import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { inOrder, namedLanguages, readSettings, type Written, writtenSettings } from '#kernel/site/settings-form.ts'
import { saveSettings } from '#kernel/site/server/settings-actions.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { findZone, ZONES } from '#kernel/when/zone.ts'
import { destinations, menuPlaces } from '../../../../../destinations.ts'
import { bySteward, steward } from '../../../stewards-only.ts'
import { formOf, typed } from '../../../typed.ts'

const LONGEST_DRAWN = 20_000

export const load = (async ({ locals }) => {
  steward(locals.viewer)
  const site = await locals.house.site.get()
  const spoken = { locale: locals.lang as 'en' }
  return {
    settings: writtenSettings(site, menuPlaces), named: namedLanguages(site), switchable: [...UI_LANGS], zones: ZONES,
    rooms: destinations.map(({ key, text }) => ({ key, text: m[text]({}, spoken) })), isOpen: site.openedAt !== null,
  }
}) satisfies PageServerLoad

export const actions = {
  async keep({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const drawn = drawnIn(form)
    const values = typedIn(form)
    const read = readSettings(values, drawn, { findZone, places: menuPlaces })
    if (read.problems.length > 0) return fail(400, { values, drawn, problems: read.problems })
    const outcome = await bySteward(house, viewer, (tx, who, now) => saveSettings(tx, { changes: read.changes, drawn }, menuPlaces, who.id, now))
    if ('problems' in outcome) return fail(400, { values, drawn, problems: outcome.problems })
    // Who has seen what stands there now, and keeps her own, writes over it knowingly.
    if ('meanwhile' in outcome) return fail(409, { values, drawn: { ...drawn, ...outcome.meanwhile }, meanwhile: outcome.meanwhile })
    return { saved: outcome.saved }
  },
} satisfies Actions

/** What the form was drawn from, as it says itself: only what a setting is called, and only as text. */
function drawnIn(form: FormData): Written {
  try {
    const told = Object.entries(JSON.parse(typed(form, 'drawn', LONGEST_DRAWN) || '{}') as object)
    return Object.fromEntries(told.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
  } catch {
    return {}
  }
}

/** Only what the form asks: a field that is missing says nothing, and is no empty value. */
function typedIn(form: FormData): Written {
  const asked = [...UI_LANGS.flatMap((lang) => [`name.${lang}`, `short_name.${lang}`]), 'default_language', 'zone', 'colour', 'contact.email', 'source']
  const values = Object.fromEntries(asked.filter((key) => form.has(key)).map((key) => [key, typed(form, key)]))
  const placed = (what: string, keys: readonly string[]) => inOrder(keys.map((key) => ({ key, place: typed(form, `${what}.${key}`, 2) })))
  const isAsked = (what: string) => [...form.keys()].some((name) => name.startsWith(`${what}.`))
  if (isAsked('languages')) values.languages = placed('languages', UI_LANGS)
  if (isAsked('menu')) values.menu = placed('menu', menuPlaces.all)
  return values
}
