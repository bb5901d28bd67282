import { error, json } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { signInKey } from '#rooms/people/person.ts'
import { readNamesAndPin } from '#rooms/people/server/entry-form.ts'
import { makeChallenge } from '#rooms/people/server/passkey-challenge-actions.ts'
import { optionsToMake } from '#rooms/people/server/passkey-options.ts'
import { isNameTaken } from '#rooms/people/server/passkey-queries.ts'
import { placeAt } from '../../../../../passkey-place.ts'
import { formOf, typed } from '../../../../../typed.ts'
import { livingLink } from '../living-link.ts'

/** 400 where a name or a delegate’s digits are to be mended, before her device keeps a passkey for it that would open nothing. */
export const POST: RequestHandler = async ({ request, url, params, locals }) => {
  const { house } = locals
  const link = await livingLink(locals, params.token)
  const place = placeAt(url)
  if (!place) error(403)
  const form = await formOf(request)
  const { asked, problems } = readNamesAndPin((name) => typed(form, name), link)
  if (Object.keys(problems).length > 0 || (await isNameTaken(house.db.read, signInKey(asked.signInName)))) error(400)
  const challenge = await act(house, (tx) => makeChallenge(tx, { purpose: 'come-in', entryLinkId: link.id }, house.clock()))
  return json(await optionsToMake(challenge, place.rpId, asked.signInName.trim()))
}
