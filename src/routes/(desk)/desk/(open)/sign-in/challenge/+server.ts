import { error, json } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { makeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { optionsToOpen } from '#rooms/people/server/passkey-options.ts'
import { placeAt } from '../../../../passkey-place.ts'
import { formOf } from '../../../../typed.ts'

export const POST: RequestHandler = async ({ request, url, locals: { house } }) => {
  const place = placeAt(url)
  if (!place) error(403)
  await formOf(request)
  return json(await optionsToOpen(await act(house, (tx) => makeChallenge(tx, { purpose: 'sign-in' }, house.clock())), place.rpId))
}
