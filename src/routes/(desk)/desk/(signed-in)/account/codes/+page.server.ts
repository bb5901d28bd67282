import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { changeRecoveryCodes } from '#rooms/people/server/own-account-actions.ts'
import { hashRecoveryCode, newRecoveryCodes } from '#rooms/people/server/recovery-codes.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf } from '../../../../typed.ts'
import { hasPassword, proofIn, wasProven } from '../proven.ts'

export const load = (async ({ locals }) => ({ hasPassword: await hasPassword(locals.house, signedIn(locals.viewer)) })) satisfies PageServerLoad

export const actions = {
  async default({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const proof = await proofIn(await formOf(request), house, who)
    const codes = newRecoveryCodes()
    const obstacle = await act(house, (tx) => changeRecoveryCodes(tx, who, proof, codes.map((code) => hashRecoveryCode(code)), house.clock()))
    if (obstacle) return fail(400, { obstacle })
    wasProven(who)
    return { codes }
  },
} satisfies Actions
