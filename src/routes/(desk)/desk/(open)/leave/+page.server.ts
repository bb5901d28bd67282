import { type Actions, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { endAllSessions } from '#rooms/people/server/session-actions.ts'
import { dropToken } from '../../../signed-in.ts'

export const load = (({ request }) => {
  if (request.method !== 'POST') redirect(303, '/desk')
}) satisfies PageServerLoad

export const actions = {
  /** Also for who is signed out already: whoever asks in a hurry gets her browser cleared. */
  async default({ url, cookies, locals: { house, viewer }, setHeaders }) {
    if (viewer.is === 'person') await act(house, (tx) => endAllSessions(tx, viewer, house.clock()))
    dropToken({ url, cookies })
    setHeaders({ 'clear-site-data': '"cache", "cookies", "storage"' })
  },
} satisfies Actions
