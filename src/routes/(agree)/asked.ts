import type { RequestEvent } from '@sveltejs/kit'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { isDead } from '#rooms/media/agreement.ts'
import { findAsk, type FoundAsk } from '#rooms/media/server/agreement-queries.ts'
import { findAsked } from '#rooms/people/server/delegate-queries.ts'
import { listDutiesOf } from '#rooms/people/server/duty-queries.ts'
import { findSignedIn } from '#rooms/people/server/session-queries.ts'

export interface Asked extends FoundAsk {
  name: string
  lang: string
}

type At = Pick<App.Locals, 'house' | 'now'>

/** What a link asks, and whom. Unknown, revoked, of one who speaks for nobody any more, of a text taken down: all alike, nothing. */
export async function askedAt({ house, now }: At, token = ''): Promise<Asked | undefined> {
  const db = house.db.read
  const ask = await findAsk(db, hashToken(token))
  const person = ask && (await findAsked(db, ask.personId))
  if (!person || isDead(ask, await listDutiesOf(db, ask.personId, now))) return undefined
  return { ...ask, ...person }
}

/** The page speaks the language of whom it asks; a dead link that of the browser, like one that never was. */
export const languageOfAsked = async ({ locals, params }: RequestEvent): Promise<string | undefined> => (await askedAt(locals, params.token))?.lang

/** Whether she opened it where she is signed in herself: the only opening of which it is sure that it is hers. */
export async function isOpenedByHer({ url, cookies, locals: { house, now } }: Pick<RequestEvent, 'url' | 'cookies' | 'locals'>, { personId }: Asked): Promise<boolean> {
  const at = sessionCookieAt(url)
  const token = at && cookies.get(at.name)
  return token ? (await findSignedIn(house.db.read, hashToken(token), now))?.viewer.id === personId : false
}
