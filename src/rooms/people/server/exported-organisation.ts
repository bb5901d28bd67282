import * as v from 'valibot'
import { ExportedBlob } from '#kernel/blobs/server/exported-files.ts'
import { ExportedDay, ExportedId, ExportedInstant, ExportedLang, ExportedText } from '#kernel/export/shapes.ts'
import { ExportedPicture } from '#kernel/pictures/server/exported-pictures.ts'
import { FIELDS, isSlug } from '#rooms/people/organisation.ts'

const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)

/** An organisation as a file of an export. */
export const ExportedOrganisation = v.strictObject({
  id: ExportedId,
  slug: v.pipe(v.string(), v.check(isSlug, 'no last part of an address')),
  createdAt: ExportedInstant,
  agreedToBeShownAt: orNull(ExportedInstant),
  agreementRecordedBy: orNull(ExportedText),
  texts: v.record(ExportedLang, v.strictObject({ name: ExportedText, shortName: orNull(ExportedText), about: ExportedText })),
  places: v.array(v.string()),
  fields: v.array(v.picklist(FIELDS)),
  links: v.array(ExportedText),
  recognitions: v.array(v.strictObject({
    id: ExportedId, recognisedOn: ExportedDay, basis: ExportedText, recordedAt: ExportedInstant, recordedBy: ExportedText,
    endedOn: orNull(ExportedDay), endedWhy: orNull(ExportedText), endedBy: orNull(ExportedText),
  })),
  logo: orNull(ExportedPicture),
  files: v.array(ExportedBlob),
})
export type ExportedOrganisation = v.InferOutput<typeof ExportedOrganisation>
