import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { isUiLang, ownName } from '#kernel/language/language.ts'
import { obstacleToName } from '#rooms/people/person.ts'
import { changeName } from '#rooms/people/server/own-account-actions.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'

/** The desk speaks the languages of the interface that the site has switched on. */
const spokenBy = async (house: App.Locals['house']) => (await house.site.get()).languages.filter(isUiLang)

export const load = (async ({ locals }) => ({
  languages: (await spokenBy(locals.house)).map((value) => ({ value: value as string, text: ownName(value) })), spoken: locals.lang,
})) satisfies PageServerLoad

export const actions = {
  async default({ request, locals }) {
    const { house, viewer } = locals
    const who = signedIn(viewer)
    const form = await formOf(request)
    const asked = { name: typed(form, 'called'), lang: typed(form, 'lang', 40) }
    const problems = { name: obstacleToName(asked.name), lang: (await spokenBy(house)).some((lang) => lang === asked.lang) ? null : ('not-spoken' as const) }
    if (problems.name || problems.lang) return fail(400, { asked, problems })
    await act(house, (tx) => changeName(tx, who, asked, house.clock()))
    // What answers speaks it already.
    locals.lang = asked.lang
    return { saved: true }
  },
} satisfies Actions
