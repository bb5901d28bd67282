import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { beginKeyChange, finishKeyChange } from '#rooms/people/server/own-account-actions.ts'
import { findNewKey } from '#rooms/people/server/own-account-queries.ts'
import { hashPassword, obstacleToPassword } from '#rooms/people/server/password.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { hasPassword, proofIn, wasProven } from '../proven.ts'

export const load = (async ({ locals }) => {
  const { house, reading, now } = locals
  const who = signedIn(locals.viewer)
  const key = await findNewKey(reading.db, who.sessionId, now)
  return { hasPassword: await hasPassword(house, who), key: key?.match(/.{1,4}/g)!.join(' ') }
}) satisfies PageServerLoad

export const actions = {
  /** Shows that it is she, and has the new key made. */
  async begin({ request, url, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const proof = await proofIn(await formOf(request), house, who)
    const obstacle = await act(house, (tx) => beginKeyChange(tx, who, proof, house.clock()))
    if (obstacle) return fail(400, { obstacle })
    wasProven(who)
    redirect(303, url.pathname)
  },
  async finish({ request, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    let passwordHash: string | null = null
    if (!(await hasPassword(house, who))) {
      const password = typed(form, 'password')
      const { name, signInName } = (await findAccount(house.db.read, who.id))!
      const problem = obstacleToPassword(password, [name, signInName])
      if (problem) return fail(400, { problem })
      passwordHash = await hashPassword(password)
    }
    const obstacle = await act(house, (tx) => finishKeyChange(tx, who, typed(form, 'code', 100), passwordHash, house.clock()))
    return obstacle ? fail(400, { obstacle }) : { done: true }
  },
} satisfies Actions
