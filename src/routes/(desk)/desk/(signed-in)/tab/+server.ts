import { error } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { readTab } from '#rooms/people/session.ts'
import { noteTab } from '#rooms/people/server/session-actions.ts'
import { signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'

/** A tab of a shared device says that it is open, or that it closes. */
export const POST: RequestHandler = async ({ request, locals: { house, viewer } }) => {
  const { sessionId } = signedIn(viewer)
  const form = await formOf(request)
  const tab = readTab({ is: typed(form, 'is', 10), at: typed(form, 'at', 20) })
  if (!tab) error(400)
  await act(house, (tx) => noteTab(tx, sessionId, tab, house.clock()))
  return new Response(null, { status: 204 })
}
