import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { confirmRecovery, refuseRecovery } from '#rooms/people/server/recovery-actions.ts'
import { listRecoveriesToConfirm } from '#rooms/people/server/recovery-queries.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { signedIn } from '../../../../signed-in.ts'
import { slowedHouse } from '../../../../slowed-house.ts'
import { formOf, typed } from '../../../../typed.ts'

const slow = new SlowDown()

/** Who may not help her, and a person who did not ask, answer alike. */
export const load = (async ({ locals, params, request }) => {
  const { lang, reading: { db, now } } = locals
  const asking = (await listRecoveriesToConfirm(db, signedIn(locals.viewer), now)).find(({ personId }) => personId === params.id)
  // What has just been refused is no longer there, and the page says so.
  if (!asking && request.method !== 'POST') error(404)
  const { zone } = await locals.house.site.get()
  return { her: asking ? { name: asking.name, signInName: asking.signInName, since: formatInstant(asking.askedAt, lang, zone), isConfirmed: asking.isConfirmed } : null }
}) satisfies PageServerLoad

export const actions = {
  async confirm({ request, params, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const code = typed(await formOf(request), 'code', 100)
    const key = `${who.id} ${params.id}`
    await slowedHouse(house).wait(slow.attempt(key, house.clock()))
    const obstacle = await act(house, (tx) => confirmRecovery(tx, who, params.id!, code, house.clock()))
    if (obstacle === 'not-found') error(404)
    if (obstacle) return fail(400, { obstacle })
    slow.cameIn(key)
    return { done: 'confirmed' as const }
  },
  async refuse({ request, params, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    if (form.get('sure') === null) return fail(400, { obstacle: 'not-sure' as const })
    if (await act(house, (tx) => refuseRecovery(tx, who, params.id!, house.clock()))) error(404)
    return { done: 'refused' as const }
  },
} satisfies Actions
