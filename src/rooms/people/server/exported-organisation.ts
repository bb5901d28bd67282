import * as v from 'valibot'
import { ExportedBlob } from '#kernel/blobs/server/exported-files.ts'
import { ExportedDay, ExportedId, ExportedInstant, ExportedLang, ExportedText } from '#kernel/export/shapes.ts'
import { ExportedPicture } from '#kernel/pictures/server/exported-pictures.ts'
import { FIELDS, isSlug } from '#rooms/people/organisation.ts'

const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)

/** An export from before members decided names none of it: then the stewards recorded what stands in it. */
const Decided = v.object({
  decidedBy: v.optional(v.picklist(['stewards', 'members']), 'stewards'), proposalId: v.optional(orNull(ExportedId), null),
  endDecidedBy: v.optional(orNull(v.picklist(['stewards', 'members']))), endProposalId: v.optional(orNull(ExportedId), null),
})

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
  recognitions: v.array(v.pipe(v.strictObject({
    id: ExportedId, recognisedOn: ExportedDay, basis: ExportedText, recordedAt: ExportedInstant, recordedBy: ExportedText,
    endedOn: orNull(ExportedDay), endedWhy: orNull(ExportedText), endedBy: orNull(ExportedText),
    ...Decided.entries,
  }), v.check((one) => (one.decidedBy === 'members') === (one.proposalId !== null) && (one.endDecidedBy === 'members') === (one.endProposalId !== null), 'a recognition that does not say which proposal decided it'))),
  logo: orNull(ExportedPicture),
  files: v.array(ExportedBlob),
})
export type ExportedOrganisation = v.InferOutput<typeof ExportedOrganisation>
