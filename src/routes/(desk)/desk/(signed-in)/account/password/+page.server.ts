import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { changePassword } from '#rooms/people/server/own-account-actions.ts'
import { hashPassword, obstacleToPassword } from '#rooms/people/server/password.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { hasPassword, proofIn, wasProven } from '../proven.ts'

export const load = (async ({ locals }) => ({ hasPassword: await hasPassword(locals.house, signedIn(locals.viewer)) })) satisfies PageServerLoad

export const actions = {
  async default({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    const password = typed(form, 'password')
    const { name, signInName } = (await findAccount(house.db.read, who.id))!
    const problem = obstacleToPassword(password, [name, signInName])
    // Before the code is taken, which opens once.
    if (problem) return fail(400, { problem })
    const proof = await proofIn(form, house, who)
    const passwordHash = await hashPassword(password)
    const obstacle = await act(house, (tx) => changePassword(tx, who, proof, passwordHash, house.clock()))
    if (obstacle) return fail(400, { obstacle })
    wasProven(who)
    return { done: true }
  },
} satisfies Actions
