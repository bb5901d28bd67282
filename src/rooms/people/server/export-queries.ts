import '#rooms/people/server/tables.ts'
import { listExportedBlobs } from '#kernel/blobs/server/exported-files.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { hashesOfPicture, listExportedPictures } from '#kernel/pictures/server/exported-pictures.ts'
import type { Field } from '#rooms/people/organisation.ts'
import type { ExportedOrganisation } from '#rooms/people/server/exported-organisation.ts'

/** Those written down after `after`, in the order of their ids. @param onlyShown only those that agreed to be shown */
export function listOrganisationIds(db: ReadDb, after: string | null, onlyShown: boolean): Promise<{ id: string }[]> {
  let query = db.selectFrom('organisation').select('id').orderBy('id').limit(200)
  if (after !== null) query = query.where('id', '>', after)
  if (onlyShown) query = query.where('agreedToBeShownAt', 'is not', null)
  return query.execute()
}

/** One with all that is on record of it. */
export async function readOrganisation(db: ReadDb, id: string): Promise<ExportedOrganisation> {
  const { logoPictureId, ...row } = await db.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const texts = await db.selectFrom('organisationText').select(['lang', 'name', 'shortName', 'about']).where('organisationId', '=', id).orderBy('lang').execute()
  const places = await db.selectFrom('organisationPlace').select('place').where('organisationId', '=', id).orderBy('place').execute()
  const fields = await db.selectFrom('organisationField').select('field').where('organisationId', '=', id).orderBy('field').execute()
  const links = await db.selectFrom('organisationLink').select('url').where('organisationId', '=', id).orderBy('position').execute()
  const recognitions = await db.selectFrom('organisationRecognition').selectAll().where('organisationId', '=', id).orderBy('recordedAt').execute()
  const [logo = null] = await listExportedPictures(db, logoPictureId === null ? [] : [logoPictureId])
  return {
    ...row, texts: Object.fromEntries(texts.map(({ lang, ...text }) => [lang, text])), places: places.map(({ place }) => place),
    fields: fields.map(({ field }) => field as Field), links: links.map(({ url }) => url),
    recognitions: recognitions.map(({ organisationId: _, ...one }) => one), logo,
    files: await listExportedBlobs(db, logo ? hashesOfPicture(logo) : [], new Map()),
  }
}
