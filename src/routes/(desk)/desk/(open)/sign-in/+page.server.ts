import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { deskPathOf } from '#kernel/web/desk-paths.ts'
import { deviceOf } from '#rooms/people/session.ts'
import { LONGEST_ANSWER } from '#rooms/people/server/passkey-answer.ts'
import { signInByPasskey } from '#rooms/people/server/passkey-sign-in-actions.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { signInTyped } from '#rooms/people/server/signing-in.ts'
import { placeAt, saidOfPasskeys } from '../../../passkey-place.ts'
import { endFormer, keepToken } from '../../../signed-in.ts'
import { slowedHouse } from '../../../slowed-house.ts'
import { formOf, typed } from '../../../typed.ts'

const slow = new SlowDown()

export const load = (({ locals, url }) => {
  if (locals.viewer.is === 'person') redirect(303, deskPathOf(url.searchParams.get('next')))
  return { isInTheOpen: sessionCookieAt(url) === undefined, passkeys: saidOfPasskeys(url, locals.house.settings.origins) }
}) satisfies PageServerLoad

export const actions = {
  async default({ request, url, cookies, locals }) {
    const { house } = locals
    // Before anything is read: a password that crossed the network in the open opens nothing here.
    if (!sessionCookieAt(url)) return fail(403, { signInName: '', sharedDevice: false, by: 'password' as const })
    const form = await formOf(request)
    const device = deviceOf(request.headers.get('user-agent'))
    if (form.has('passkey')) {
      const place = placeAt(url)
      const entered = place && (await act(house, (tx) => signInByPasskey(tx, typed(form, 'passkey', LONGEST_ANSWER), place, device, house.clock())))
      if (!entered) return fail(400, { signInName: '', sharedDevice: false, by: 'passkey' as const })
      await endFormer(locals)
      keepToken({ url, cookies }, entered.token, false)
      redirect(303, deskPathOf(url.searchParams.get('next')))
    }
    const signInName = typed(form, 'name', 200)
    const sharedDevice = form.get('shared') !== null
    const token = await signInTyped(
      slowedHouse(house), slow,
      { signInName, password: typed(form, 'password'), code: typed(form, 'code', 100), sharedDevice, device })
    if (token === undefined) return fail(400, { signInName, sharedDevice, by: 'password' as const })
    await endFormer(locals)
    keepToken({ url, cookies }, token, sharedDevice)
    redirect(303, deskPathOf(url.searchParams.get('next')))
  },
} satisfies Actions
