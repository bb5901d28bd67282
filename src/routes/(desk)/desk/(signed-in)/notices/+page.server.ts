import { type Actions, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { KEPT_DAYS } from '#rooms/people/notice.ts'
import { markAllRead, markNotice, undoMarkAll } from '#rooms/people/server/notice-actions.ts'
import { noticesOf } from '../../../notices-of.ts'
import { signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'

export const load = (async ({ locals }) => ({ notices: await noticesOf(locals), keptDays: KEPT_DAYS })) satisfies PageServerLoad

const instantIn = (text: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(text)
  } catch {
    return undefined
  }
}

async function mark(isRead: boolean, { request, locals: { house, viewer } }: { request: Request; locals: App.Locals }) {
  const notice = typed(await formOf(request), 'notice', 40)
  const obstacle = await act(house, (tx) => markNotice(tx, signedIn(viewer), notice, isRead, house.clock()))
  return obstacle ? fail(404, { done: 'not-there' as const }) : { done: isRead ? ('read' as const) : ('unread' as const), notice }
}

export const actions = {
  read: (event) => mark(true, event),
  unread: (event) => mark(false, event),
  async all({ request, locals: { house, viewer } }) {
    const seen = instantIn(typed(await formOf(request), 'seen', 40))
    if (!seen) return fail(400, { done: 'not-there' as const })
    const now = house.clock()
    await act(house, (tx) => markAllRead(tx, signedIn(viewer), seen, now))
    return { done: 'all' as const, marked: now.toString() }
  },
  async undo({ request, locals: { house, viewer } }) {
    const marked = instantIn(typed(await formOf(request), 'marked', 40))
    if (!marked) return fail(400, { done: 'not-there' as const })
    await act(house, (tx) => undoMarkAll(tx, signedIn(viewer), marked))
    return { done: 'unread' as const }
  },
} satisfies Actions
