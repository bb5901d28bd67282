import { type Cookies, error, type RequestEvent } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import type { Person, Viewer } from '#kernel/viewer/viewer.ts'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { idleMinutes } from '#rooms/people/session.ts'
import { endSession, noteSeen } from '#rooms/people/server/session-actions.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'

/** Everything of the desk but what stands in `(open)`. A new route is closed until somebody opens it. */
const isClosed = (route: string | null) => route !== null && route.startsWith('/(desk)/') && !route.startsWith('/(desk)/desk/(open)/')

/** Turns the cookie into who asks, and writes down now and then that she was here. */
export async function signedInAt({ url, cookies, locals }: RequestEvent): Promise<void> {
  const at = sessionCookieAt(url)
  const token = at && cookies.get(at.name)
  if (!token) return
  const { house, now } = locals
  const found = await findSignedIn(house.db.read, hashToken(token), now)
  if (!found) return
  locals.viewer = found.viewer
  locals.lang = found.lang
  if (found.sharedDevice) locals.sharedDevice = true
  if (!found.isSeenLongAgo) return
  await act(house, (tx) => noteSeen(tx, found.viewer.sessionId, now))
  keepToken({ url, cookies }, token, found.sharedDevice)
}

/** Nobody who has not signed in passes; undefined lets through. */
export function orSignIn({ route, request, url, locals }: RequestEvent): Response | undefined {
  if (!isClosed(route.id) || locals.viewer.is === 'person') return undefined
  const next = request.method === 'POST' || url.pathname === '/desk' ? '' : `?next=${encodeURIComponent(url.pathname + url.search)}`
  return new Response(null, { status: 303, headers: { location: `/desk/sign-in${next}` } })
}

interface Kept { url: URL; cookies: Cookies }

/** @returns false where a session would cross the network in the open */
export function keepToken({ url, cookies }: Kept, token: string, sharedDevice: boolean): boolean {
  const at = sessionCookieAt(url)
  if (!at) return false
  // Without an age it ends with the browser.
  const age = sharedDevice ? {} : { maxAge: idleMinutes(false) * 60 }
  cookies.set(at.name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: at.secure,
    ...age,
  })
  return true
}

export function dropToken({ url, cookies }: Kept): void {
  const at = sessionCookieAt(url)
  if (at) cookies.delete(at.name, { path: '/', httpOnly: true, sameSite: 'lax', secure: at.secure })
}

/** Whoever comes in anew at this browser leaves the session before it: nothing there could end it any more. */
export async function endFormer({ house, viewer }: Pick<App.Locals, 'house' | 'viewer'>): Promise<void> {
  if (viewer.is === 'person') await act(house, (tx) => endSession(tx, viewer, viewer.sessionId, house.clock()))
}

/** For what only the signed in reach: the hook sends everybody else away before. */
export function signedIn(viewer: Viewer): Person {
  if (viewer.is !== 'person') error(404)
  return viewer
}
