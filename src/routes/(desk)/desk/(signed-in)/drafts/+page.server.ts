import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { isId } from '#kernel/id/id.ts'
import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { collator } from '#kernel/language/numbers.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { DRAFTS_A_PAGE, listDrafts, listKeepers, type Whose } from '#rooms/media/server/draft-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { type Chosen, handOnChosen } from '../../../handing-on.ts'
import { NOBODY, optionsFor } from '../../../keepers.ts'
import { signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db, now } } = locals
  const { zone } = await locals.house.site.get()
  const ask = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 40)
  const asked = { whose: ask('whose'), before: ask('before') }
  const found = await listDrafts(db, who, { whose: whoseOf(asked.whose), before: asked.before, limit: DRAFTS_A_PAGE + 1 })
  const shown = found.slice(0, DRAFTS_A_PAGE)
  const keepers = await listKeepers(db, who)
  const names = await listNames(db, [...keepers, ...shown.map(({ savedBy }) => savedBy)])
  const saved = (by: string, at: Temporal.Instant) => {
    const [name, day] = [names.get(by), formatInstant(at, lang, zone)]
    return name === undefined ? m.drf_saved_server({ day }, { locale: lang as 'en' }) : m.drf_saved({ name, day }, { locale: lang as 'en' })
  }
  return {
    asked,
    keepers: keepers.filter((id) => id !== who.id).map((id) => ({ value: id, text: names.get(id) ?? id })).toSorted((a, b) => collator(lang).compare(a.text, b.text)),
    drafts: shown.map(({ itemId, kind, lang: tongue, title, savedBy, savedAt, keptBy }) => ({
      itemId, title, lang: tongue, what: `${kindName(kind, lang)}, ${languageName(tongue, lang)}`, saved: saved(savedBy, savedAt),
      keptBy, keeper: keptBy === null ? null : (names.get(keptBy) ?? keptBy), isMine: keptBy === who.id,
    })),
    older: found.length > DRAFTS_A_PAGE ? shown.at(-1)!.revisionId : null,
    options: shown.length > 0 ? await optionsFor({ db, now, lang }, who) : [],
  }
}) satisfies PageServerLoad

const whoseOf = (asked: string): Whose => (asked === 'mine' || asked === 'nobody' ? asked : isId(asked) ? { keptBy: asked } : 'any')

export const actions = {
  async take({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const itemId = typed(await formOf(request), 'take', 40)
    return answer(await handOnChosen(house, who, [{ itemId, drawn: null }], who.id), 'taken', [])
  },
  async handOn({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const ticked = [...new Set(form.getAll('item').filter(isId))].slice(0, DRAFTS_A_PAGE)
    const next = typed(form, 'next', 40)
    if (ticked.length === 0) return fail(400, { problem: 'none-ticked' as const, ticked, next })
    if (next !== NOBODY && !isId(next)) return fail(400, { problem: 'no-next' as const, ticked, next: '' })
    const chosen: Chosen[] = ticked.map((itemId) => ({ itemId, drawn: typed(form, `kept.${itemId}`, 40) || null }))
    return answer(await handOnChosen(house, who, chosen, next === NOBODY ? null : next), next === NOBODY ? 'set-down' : 'handed-on', ticked)
  },
} satisfies Actions

/** What was done, and how many were left as they were. Of what is not hers nothing is told, not even that it is there. */
function answer(outcomes: Awaited<ReturnType<typeof handOnChosen>>, done: 'taken' | 'handed-on' | 'set-down', ticked: string[]) {
  if (outcomes.every((one) => one === 'not-found')) return fail(404, { problem: 'not-there' as const, ticked: [] as string[], next: '' })
  const count = outcomes.filter((one) => one === null).length
  const told = { done, count, left: outcomes.length - count }
  return count === 0 ? fail(409, { ...told, ticked, next: '' }) : told
}
