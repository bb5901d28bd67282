import type { PageServerLoad } from './$types.js'
import { error } from '@sveltejs/kit'
import { listSignedBy } from '#rooms/media/server/summary-queries.ts'
import { isSlug } from '#rooms/people/organisation.ts'
import { findShownOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { askedLanguage } from '../../../../asked-language.ts'

/** Puts two rooms together: who an organisation is, and what it signed. */
export const load = (async ({ locals, params }) => {
  const { lang } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  const found = await house.db.snapshot(async (db) => {
    const organisation = isSlug(params.slug) ? await findShownOrganisation(db, params.slug) : undefined
    return organisation && { organisation, signed: await listSignedBy(db, lang, organisation.id, reading.now) }
  })
  // Not shown, not agreed, never there: one answer, byte for byte.
  if (!found) error(404, 'Not Found')
  reading.tag(`organisation:${found.organisation.id}`, `list:media:${lang}`)
  for (const { id } of found.signed.items) reading.tag(`item:${id}`)
  reading.freshBefore(found.signed.changesAt)
  return { organisation: found.organisation, signed: found.signed.items }
}) satisfies PageServerLoad
