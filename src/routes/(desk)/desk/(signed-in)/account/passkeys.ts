import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { isFresh } from '#rooms/people/session.ts'
import { LONGEST_ANSWER } from '#rooms/people/server/passkey-answer.ts'
import { addPasskey, endPasskey, type ObstacleToPasskey, renamePasskey } from '#rooms/people/server/passkey-actions.ts'
import { listPasskeys } from '#rooms/people/server/passkey-queries.ts'
import { endSession } from '#rooms/people/server/session-actions.ts'
import { findSessionStart } from '#rooms/people/server/session-queries.ts'
import { placeAt, saidOfPasskeys } from '../../../passkey-place.ts'
import { dropToken, signedIn } from '../../../signed-in.ts'
import { formOf, typed } from '../../../typed.ts'

/** What her account page shows of her passkeys. */
export async function passkeysOf({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const { lang, reading: { db, now }, house } = locals
  const { id, sessionId } = signedIn(locals.viewer)
  const { zone } = await house.site.get()
  const day = (at: Temporal.Instant) => formatInstantDay(at, lang, zone)
  const session = await findSessionStart(db, sessionId)
  const passkeys = await listPasskeys(db, id)
  return {
    passkeys: passkeys.map(({ madeAt, lastUsedAt, ...one }) => ({ ...one, madeOn: day(madeAt), usedOn: lastUsedAt && day(lastUsedAt) })),
    isFresh: session !== undefined && isFresh(session.startedAt, now),
    isShared: session?.sharedDevice ?? true,
    said: saidOfPasskeys(url, house.settings.origins),
  }
}

const told = (obstacle: ObstacleToPasskey | null, done: 'added' | 'ended' | 'renamed') =>
  obstacle === null ? { passkey: done } : fail(obstacle === 'not-found' ? 404 : obstacle === 'not-fresh' ? 403 : 400, { passkey: obstacle })

export const passkeyActs = {
  async addPasskey({ request, url, locals: { house, viewer } }: RequestEvent) {
    const who = signedIn(viewer)
    const place = placeAt(url)
    if (!place) return fail(403, { passkey: 'refused' as const })
    const form = await formOf(request)
    const made = { answer: typed(form, 'passkey', LONGEST_ANSWER), place, label: typed(form, 'label', 200) }
    return told(await act(house, (tx) => addPasskey(tx, who, made, house.clock())), 'added')
  },
  async endPasskey({ request, locals: { house, viewer } }: RequestEvent) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    return told(await act(house, (tx) => endPasskey(tx, who, typed(form, 'id', 40), house.clock())), 'ended')
  },
  async renamePasskey({ request, locals: { house, viewer } }: RequestEvent) {
    const who = signedIn(viewer)
    const form = await formOf(request)
    return told(await act(house, (tx) => renamePasskey(tx, who, typed(form, 'id', 40), typed(form, 'label', 200), house.clock())), 'renamed')
  },
  /** To change her ways in she proves again that it is she: this session ends, and the next one is fresh. */
  async again({ url, cookies, locals: { house, viewer } }: RequestEvent) {
    const who = signedIn(viewer)
    await act(house, (tx) => endSession(tx, who, who.sessionId, house.clock()))
    dropToken({ url, cookies })
    redirect(303, '/desk/sign-in?next=/desk/account')
  },
}
