import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { obstacleToSignInName } from '#rooms/people/person.ts'
import { askTyped } from '#rooms/people/server/recovering.ts'
import { SlowDown } from '#rooms/people/slow-down.ts'
import { slowedHouse } from '../../../slowed-house.ts'
import { formOf, typed } from '../../../typed.ts'

const slow = new SlowDown()

export const load = (({ url }) => ({ isInTheOpen: sessionCookieAt(url) === undefined })) satisfies PageServerLoad

export const actions = {
  async default({ request, url, locals: { house } }) {
    // Whoever reads along would hold the page's address, and with it her account.
    if (!sessionCookieAt(url)) return fail(403, { signInName: '' })
    const signInName = typed(await formOf(request), 'name', 200)
    if (obstacleToSignInName(signInName)) return fail(400, { signInName })
    redirect(303, `/desk/recover/${await askTyped(slowedHouse(house), slow, signInName)}`)
  },
} satisfies Actions
