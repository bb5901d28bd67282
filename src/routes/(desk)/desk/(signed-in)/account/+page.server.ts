import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { endAllSessions, endSession } from '#rooms/people/server/session-actions.ts'
import { listSessions } from '#rooms/people/server/session-queries.ts'
import { dropToken, signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'
import { passkeyActs, passkeysOf } from './passkeys.ts'

export const load = (async ({ locals, url }) => {
  const { lang, reading: { db, now } } = locals
  const { id, sessionId, duties } = signedIn(locals.viewer)
  const { zone } = await locals.house.site.get()
  const sessions = await listSessions(db, id, now)
  return {
    ...(await passkeysOf({ locals, url })),
    sessions: sessions.map(({ startedAt, ...one }) => ({ ...one, since: formatInstantDay(startedAt, lang, zone), isThis: one.id === sessionId })),
    duties: await Promise.all(duties.map(async ({ duty, organisationId, lang: tongue }) => {
      const organisation = organisationId === null ? undefined : await findOrganisation(db, organisationId)
      return { duty, tongue, organisation: organisation ? nameIn(organisation.texts, lang).text : null }
    })),
  }
}) satisfies PageServerLoad

const { addPasskey, endPasskey, renamePasskey, again } = passkeyActs

export const actions = {
  addPasskey, endPasskey, renamePasskey, again,
  async end({ request, locals: { house, viewer } }) {
    const form = await formOf(request)
    const obstacle = await act(house, (tx) => endSession(tx, signedIn(viewer), typed(form, 'session', 100), house.clock()))
    return obstacle ? fail(404, { obstacle }) : { ended: true }
  },
  async everywhere({ url, cookies, locals: { house, viewer } }) {
    await act(house, (tx) => endAllSessions(tx, signedIn(viewer), house.clock()))
    dropToken({ url, cookies })
    redirect(303, '/desk/sign-in')
  },
  async out({ url, cookies, locals: { house, viewer } }) {
    const who = signedIn(viewer)
    await act(house, (tx) => endSession(tx, who, who.sessionId, house.clock()))
    dropToken({ url, cookies })
    redirect(303, '/desk/sign-in')
  },
} satisfies Actions
