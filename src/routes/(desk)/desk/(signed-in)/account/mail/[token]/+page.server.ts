import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { confirmMail } from '#rooms/people/server/mail-actions.ts'
import { findConfirmation } from '#rooms/people/server/mail-queries.ts'
import { signedIn } from '../../../../../signed-in.ts'

/** Looking confirms nothing: mail programs fetch links before people do. Whose link it is must have signed in. */
export const load = (async ({ params, locals: { viewer, reading: { db, now } } }) => ({
  address: await findConfirmation(db, signedIn(viewer).id, hashToken(params.token), now),
})) satisfies PageServerLoad

export const actions = {
  async default({ params, locals: { house, viewer } }) {
    const obstacle = await act(house, (tx) => confirmMail(tx, signedIn(viewer), hashToken(params.token!), house.clock()))
    if (obstacle) return fail(404, { confirmed: false })
    return { confirmed: true }
  },
} satisfies Actions
