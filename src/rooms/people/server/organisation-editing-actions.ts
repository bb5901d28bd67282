import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { canonicalWords, editingReach, wordsWithin } from '#rooms/people/organisation-editing.ts'
import type { ObstacleToOrganisation, OrganisationWords } from '#rooms/people/organisation.ts'
import { isSteward } from '#rooms/people/person.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import {
  addOrganisation, type AddOutcome, editOrganisation, endAgreementToBeShown, lockOrganisation, recordAgreementToBeShown,
} from '#rooms/people/server/organisation-actions.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'

/** Only stewards write a new organisation down; everybody else gets the answer of an address that is not there. */
export async function addOrganisationAs(tx: Tx, who: Person, slug: string, words: OrganisationWords, now: Temporal.Instant): Promise<AddOutcome | 'not-found'> {
  if (!isSteward({ duties: await lockDuties(tx, who.id, now) })) return 'not-found'
  return addOrganisation(tx, slug, words, who.id, now)
}

/**
 * Keeps what she wrote of an organisation, within what her duties open. What somebody else saved after her form was
 * drawn is never written over. @param drawnFrom `canonicalWords` of what stood when it was drawn
 */
export async function editOrganisationAs(
  tx: Tx, who: Person, id: string, written: OrganisationWords, drawnFrom: string, now: Temporal.Instant,
): Promise<ObstacleToOrganisation | 'not-found' | 'changed-meanwhile' | null> {
  const reach = await lockedReach(tx, who, id, now)
  const standing = reach && (await findOrganisation(tx, id))
  if (!reach || !standing) return 'not-found'
  if (canonicalWords(standing) !== drawnFrom) return 'changed-meanwhile'
  return editOrganisation(tx, id, wordsWithin(reach, written, standing), who.id, now)
}

/** It said yes, or no, to being shown: written down by a steward, or by an editor or delegate of its own. */
export async function setShownAs(tx: Tx, who: Person, id: string, isShown: boolean, now: Temporal.Instant): Promise<'not-found' | null> {
  if ((await lockedReach(tx, who, id, now)) !== 'all') return 'not-found'
  return (isShown ? recordAgreementToBeShown : endAgreementToBeShown)(tx, id, who.id, now)
}

/** What she may change now, by the duties themselves, with the organisation's row locked. */
async function lockedReach(tx: Tx, who: Person, id: string, now: Temporal.Instant) {
  if (!isId(id)) return null
  const reach = editingReach({ duties: await lockDuties(tx, who.id, now) }, id)
  return reach && (await lockOrganisation(tx, id)) ? reach : null
}
