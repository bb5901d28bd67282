import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { KINDS, type Kind } from '#rooms/media/item.ts'
import { NEEDS, type Needs } from '#rooms/media/needs.ts'
import { needsDrawn, setNeeds } from '#rooms/media/server/need-actions.ts'
import { listNeeds } from '#rooms/media/server/need-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { bySteward, steward } from '../../../../stewards-only.ts'
import { formOf, typed } from '../../../../typed.ts'

export const load = (async ({ locals: { viewer, lang, reading: { db } } }) => {
  steward(viewer)
  const needs = await listNeeds(db)
  return { drawn: needsDrawn(needs), kinds: KINDS.map((kind) => ({ kind, name: kindName(kind, lang), needs: needs[kind] })) }
}) satisfies PageServerLoad

export const actions = {
  async keep({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const wanted = Object.fromEntries(KINDS.map((kind) => [kind, Object.fromEntries(NEEDS.map((need) => [need, form.get(`${kind}.${need}`) === 'on'])) as Needs])) as Record<Kind, Needs>
    const changed = await bySteward(house, viewer, (tx, who, now) => setNeeds(tx, wanted, typed(form, 'drawn', 200), who.id, now))
    return changed === 'changed-meanwhile' ? fail(409, { wanted }) : { changed }
  },
} satisfies Actions
