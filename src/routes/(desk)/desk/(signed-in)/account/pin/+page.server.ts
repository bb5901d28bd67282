import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { obstacleToPin } from '#rooms/people/pin.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { choosePin } from '#rooms/people/server/pin-actions.ts'
import { findPinHash } from '#rooms/people/server/pin-queries.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { hasPassword, proofIn, wasProven } from '../proven.ts'

export const load = (async ({ locals: { house, viewer } }) => {
  const who = signedIn(viewer)
  return { hasPassword: await hasPassword(house, who), hasPin: (await findPinHash(house.db.read, who.id)) !== undefined }
}) satisfies PageServerLoad

export const actions = {
  async default({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const pin = typed(form, 'pin', 20).trim()
    const problem = obstacleToPin(pin)
    // Before the code is taken, which opens once.
    if (problem) return fail(400, { problem })
    const proof = await proofIn(form, house, who)
    const pinHash = await hashPassword(pin)
    const obstacle = await act(house, (tx) => choosePin(tx, who, proof, pinHash, house.clock()))
    if (obstacle) return fail(400, { obstacle })
    wasProven(who)
    return { done: true }
  },
} satisfies Actions
