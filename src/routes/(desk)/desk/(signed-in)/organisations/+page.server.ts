import { error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { isAskedForOrganisation } from '#rooms/people/organisation-filter.ts'
import { mayListOrganisations } from '#rooms/people/organisation-editing.ts'
import { nameIn, sortedByName } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { signedIn } from '../../../signed-in.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  if (!mayListOrganisations(who)) error(404)
  const { lang, reading: { db } } = locals
  const ask = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 80)
  const asked = { q: ask('q'), field: ask('field'), standing: ask('standing') }
  const found = sortedByName((await listOrganisations(db)).filter((one) => isAskedForOrganisation(one, asked)), lang)
  return {
    asked, mayAdd: isSteward(who),
    organisations: found.map(({ id, texts, places, agreedToBeShownAt, recognition }) => ({
      id, name: nameIn(texts, lang), places, isShown: agreedToBeShownAt !== null, isRecognised: recognition !== null,
    })),
  }
}) satisfies PageServerLoad
