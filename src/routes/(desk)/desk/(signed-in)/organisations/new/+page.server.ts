import { error, fail, redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { languageName } from '#kernel/language/language.ts'
import { slugOfName } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { addOrganisationAs } from '#rooms/people/server/organisation-editing-actions.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'

export const load = (async ({ locals }) => {
  if (!isSteward(signedIn(locals.viewer))) error(404)
  const { languages } = await locals.house.site.get()
  return { languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, locals.lang) })) }
}) satisfies PageServerLoad

export const actions = {
  async default({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const { languages } = await house.site.get()
    const chosen = { name: typed(form, 'name', 300), lang: typed(form, 'lang', 40), slug: typed(form, 'slug', 100).trim() }
    const lang = languages.find((tongue) => tongue === chosen.lang) ?? languages[0]!
    const words = { texts: { [lang]: { name: chosen.name, shortName: null, about: '' } }, places: [], fields: [], links: [] }
    const outcome = await act(house, (tx) => addOrganisationAs(tx, who, chosen.slug || slugOfName(chosen.name), words, house.clock()))
    if (outcome === 'not-found') error(404)
    if (!outcome.added) return fail(400, { chosen, problem: outcome.obstacle })
    redirect(303, `/desk/organisations/${outcome.id}`)
  },
} satisfies Actions
