import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { deviceOf } from '#rooms/people/session.ts'
import { stepOfCode } from '#rooms/people/server/one-time-code.ts'
import { hashPassword, obstacleToPassword } from '#rooms/people/server/password.ts'
import { giveCodeTyped } from '#rooms/people/server/recovering.ts'
import { recoverAccount } from '#rooms/people/server/recovering-actions.ts'
import { hashRecoveryCode, newRecoveryCodes } from '#rooms/people/server/recovery-codes.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { endFormer, keepToken } from '../../../../signed-in.ts'
import { slowedHouse } from '../../../../slowed-house.ts'
import { formOf, typed } from '../../../../typed.ts'
import { recoveryAt } from './recovery-at.ts'

const slow = new SlowDown()

/** Looking uses nothing up: messengers fetch addresses before people do. */
export const load = (async ({ locals, params, url }) => {
  if (locals.cameIn) return { at: null }
  const { until, spokenCode, isCodeGiven, confirmed } = await recoveryAt(locals, params.token)
  if (!sessionCookieAt(url)) return { at: { stage: 'in-the-open' as const } }
  if (confirmed) {
    const { signInName, totpSecret } = confirmed
    return { at: { stage: 'confirmed' as const, signInName, key: totpSecret.match(/.{1,4}/g)!.join(' ') } }
  }
  const { zone } = await locals.house.site.get()
  return { at: { stage: 'waiting' as const, digits: spokenCode, until: formatInstant(until, locals.lang, zone), isCodeGiven } }
}) satisfies PageServerLoad

export const actions = {
  /** One of her printed recovery codes. */
  async code({ request, url, params, locals }) {
    await recoveryAt(locals, params.token)
    if (!sessionCookieAt(url)) return fail(403, {})
    const code = typed(await formOf(request), 'recovery', 100)
    const obstacle = await giveCodeTyped(slowedHouse(locals.house), slow, params.token!, code)
    return obstacle ? fail(400, { obstacle }) : {}
  },
  /** What lets her in from now on. */
  async back({ request, url, params, cookies, locals }) {
    const { house } = locals
    const { confirmed } = await recoveryAt(locals, params.token)
    if (!sessionCookieAt(url)) return fail(403, {})
    if (!confirmed) redirect(303, url.pathname)
    const form = await formOf(request)
    const asked = { password: typed(form, 'password'), code: typed(form, 'code', 100), sharedDevice: form.get('shared') !== null }
    const problems = {
      password: obstacleToPassword(asked.password, [confirmed.name, confirmed.signInName]),
      code: stepOfCode(confirmed.totpSecret, asked.code, house.clock(), undefined) === undefined ? ('wrong-code' as const) : undefined,
    }
    if (problems.password || problems.code) return fail(400, { problems, sharedDevice: asked.sharedDevice })
    const codes = newRecoveryCodes()
    const who = {
      code: asked.code, passwordHash: await hashPassword(asked.password), recoveryHashes: codes.map((code) => hashRecoveryCode(code)),
      sharedDevice: asked.sharedDevice, device: deviceOf(request.headers.get('user-agent')),
    }
    const outcome = await act(house, (tx) => recoverAccount(tx, hashToken(params.token!), who, house.clock()))
    if (outcome.recovered) {
      await endFormer(locals)
      keepToken({ url, cookies }, outcome.token, asked.sharedDevice)
      locals.cameIn = true
      return { codes }
    }
    if (outcome.obstacle === 'not-confirmed') redirect(303, url.pathname)
    return fail(400, { problems: { password: undefined, code: outcome.obstacle }, sharedDevice: asked.sharedDevice })
  },
} satisfies Actions
