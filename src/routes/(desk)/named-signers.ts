import type { NameShown } from '#rooms/media/server/preview-queries.ts'
import type { NameSigners } from '#rooms/media/server/signing-as-agreed-actions.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockOrganisation } from '#rooms/people/server/organisation-actions.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'

/** Those of them that agree to be shown, by the names that they have now. */
export const namedShown: NameShown = async (db, ids, lang) => {
  const found = await Promise.all(ids.map((id) => findOrganisation(db, id)))
  return found.filter((one) => one !== undefined).filter(({ agreedToBeShownAt }) => agreedToBeShownAt !== null).map(({ id, texts }) => {
    const name = nameIn(texts, lang)
    return { organisationId: id, name: name.text, ...(name.lang !== lang && { lang: name.lang }) }
  })
}

/** The same with their rows locked, so that no agreement ends meanwhile. */
export const namedSigners: NameSigners = async (tx, ids, lang) => {
  for (const id of ids.toSorted()) await lockOrganisation(tx, id)
  return namedShown(tx, ids, lang)
}
