import type { PageServerLoad } from './$types.js'
import { sortedByName } from '#rooms/people/organisation.ts'
import { listShownOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

export const load = (async ({ locals, params }) => {
  const { lang } = await askedLanguage(locals, params.lang)
  locals.reading.tag('list:organisations')
  return { organisations: sortedByName(await listShownOrganisations(locals.reading.db), lang) }
}) satisfies PageServerLoad
