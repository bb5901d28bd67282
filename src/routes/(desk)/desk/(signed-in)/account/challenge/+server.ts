import { error, json } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { askForPasskey } from '#rooms/people/server/passkey-actions.ts'
import { optionsToMake } from '#rooms/people/server/passkey-options.ts'
import { listPasskeysAt } from '#rooms/people/server/passkey-queries.ts'
import { placeAt } from '../../../../passkey-place.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf } from '../../../../typed.ts'

/** 400 where she may add none by this session: the page then says why. */
export const POST: RequestHandler = async ({ request, url, locals: { house, viewer } }) => {
  const who = signedIn(viewer)
  const place = placeAt(url)
  if (!place) error(403)
  await formOf(request)
  const asked = await act(house, (tx) => askForPasskey(tx, who, house.clock()))
  if ('obstacle' in asked) error(400)
  const account = await findAccount(house.db.read, who.id)
  return json(await optionsToMake(asked.challenge, place.rpId, account!.signInName, await listPasskeysAt(house.db.read, who.id, place.rpId)))
}
