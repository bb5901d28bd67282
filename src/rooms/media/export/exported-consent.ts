import * as v from 'valibot'
import { ExportedDay, ExportedHash, ExportedInstant, ExportedText } from '#kernel/export/shapes.ts'
import { CONSENT_STATES, PURPOSES } from '#rooms/media/consent.ts'

/** What was recorded last about the people in a file that an item shows. Who recorded it stays behind: no person goes along with an export. */
export const ExportedConsent = v.strictObject({
  hash: ExportedHash, state: v.picklist(CONSENT_STATES), reason: v.pipe(ExportedText, v.maxLength(300)), shownIn: v.array(v.picklist(PURPOSES)), untilOn: v.nullable(ExportedDay), endsAt: v.nullable(ExportedInstant),
  faceMayBeSeen: v.boolean(), recordedAt: ExportedInstant,
})
export type ExportedConsent = v.InferOutput<typeof ExportedConsent>
