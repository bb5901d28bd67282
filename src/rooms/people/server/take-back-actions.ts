import '#rooms/people/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import { announce } from '#kernel/database/signal.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { takeBackPicture } from '#kernel/pictures/server/exported-pictures.ts'
import { obstacleToOrganisation } from '#rooms/people/organisation.ts'
import type { ExportedOrganisation } from '#rooms/people/server/exported-organisation.ts'

export type TakenBackOrganisation = 'new' | 'here' | 'slug-taken' | 'malformed'

/**
 * Writes an organisation down as an export has it, unless it is here. What stands here is never written over.
 * @param isSameSite it agreed to be shown on the site of the export; only that one may take it for agreed
 */
export async function takeBackOrganisation(
  tx: Tx, exported: ExportedOrganisation, isSameSite: boolean, actor: string, now: Temporal.Instant,
): Promise<TakenBackOrganisation> {
  const { texts, places, fields, links, recognitions, logo, files: _, ...row } = exported
  if (obstacleToOrganisation({ texts, places, fields, links })) return 'malformed'
  if (await tx.selectFrom('organisation').select('id').where('id', '=', row.id).executeTakeFirst()) return 'here'
  if (logo) await takeBackPicture(tx, logo)
  const agreed = isSameSite ? {} : { agreedToBeShownAt: null, agreementRecordedBy: null }
  const isNew = await tx.insertInto('organisation').values({ ...row, ...agreed, logoPictureId: logo?.id ?? null })
    .onConflict((oc) => oc.column('slug').doNothing()).returning('id').executeTakeFirst()
  if (!isNew) return 'slug-taken'
  const organisationId = row.id
  await tx.insertInto('organisationText').values(Object.entries(texts).map(([lang, text]) => ({ organisationId, lang, ...text }))).execute()
  if (places.length > 0) await tx.insertInto('organisationPlace').values(places.map((place) => ({ organisationId, place }))).execute()
  if (fields.length > 0) await tx.insertInto('organisationField').values(fields.map((field) => ({ organisationId, field }))).execute()
  if (links.length > 0) await tx.insertInto('organisationLink').values(links.map((url, position) => ({ organisationId, url, position }))).execute()
  if (recognitions.length > 0) await tx.insertInto('organisationRecognition').values(recognitions.map((one) => ({
    organisationId, ...one, endDecidedBy: one.endDecidedBy ?? (one.endedOn && 'stewards'),
  }))).execute()
  await record(tx, { actor, act: 'take-back-organisation', subject: `organisation:${organisationId}` }, now)
  await announce(tx, [`organisation:${organisationId}`, 'list:organisations'])
  return 'new'
}
