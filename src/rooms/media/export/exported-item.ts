import * as v from 'valibot'
import { ExportedBlob } from '#kernel/blobs/server/exported-files.ts'
import { ExportedDay, ExportedId, ExportedInstant, ExportedLang, ExportedText } from '#kernel/export/shapes.ts'
import { ExportedConsent } from '#rooms/media/export/exported-consent.ts'
import { ExportedPicture } from '#kernel/pictures/server/exported-pictures.ts'
import { KINDS, WITHDRAWAL_REASONS } from '#rooms/media/item.ts'
import { STARTER_CHOICES } from '#rooms/media/starter-choice.ts'
import { obstacleToSlug } from '#rooms/media/slug.ts'

const orNull = <T extends v.GenericSchema>(schema: T) => v.nullable(schema)

export const ITEM_FILE = 'item.yaml'

/** All that belongs to an item beside its texts: `item.yaml` in its folder of an export. */
export const ExportedItem = v.strictObject({
  id: ExportedId,
  kind: v.picklist(KINDS),
  originalLang: ExportedLang,
  createdAt: ExportedInstant,
  isStarter: v.boolean(),
  /** What stewards decided about a text that came with the program; exports from before have none. */
  starterDecision: v.optional(orNull(v.strictObject({ decision: v.picklist(STARTER_CHOICES), decidedAt: ExportedInstant, decidedBy: ExportedText })), null),
  source: orNull(ExportedText),
  sourceKey: orNull(ExportedText),
  /** The organisation that writes it. Who keeps it stays behind: no person goes along with an export. Exports from before have none. */
  writtenIn: v.optional(orNull(ExportedId), null),
  /** The texts in each language, oldest first; the last is the newest. */
  texts: v.record(ExportedLang, v.pipe(v.array(v.pipe(v.string(), v.regex(/^(revisions\/)?[a-z0-9-]+\.md$/))), v.minLength(1))),
  slugs: v.array(v.strictObject({ lang: ExportedLang, slug: v.pipe(v.string(), v.check((slug) => obstacleToSlug(slug) === null, 'no last part of an address')), isCurrent: v.boolean(), since: ExportedInstant })),
  publications: v.array(v.strictObject({
    id: ExportedId, lang: ExportedLang, revisionId: ExportedId, publicFrom: ExportedInstant, publicUntil: orNull(ExportedInstant), publishedBy: ExportedText,
    createdAt: ExportedInstant, sortDay: ExportedDay, fromDay: orNull(ExportedDay), toDay: orNull(ExportedDay), inTranslation: v.array(ExportedLang),
  })),
  corrections: v.array(v.strictObject({ id: ExportedId, lang: ExportedLang, at: ExportedInstant, note: ExportedText })),
  withdrawals: v.array(v.strictObject({
    id: ExportedId, lang: ExportedLang, at: ExportedInstant, withdrawnBy: ExportedText, reason: v.picklist(WITHDRAWAL_REASONS), note: orNull(ExportedText), replacedBy: orNull(ExportedId),
  })),
  redirects: v.array(v.strictObject({ address: ExportedText, lang: ExportedLang, createdAt: ExportedInstant })),
  imported: v.array(v.strictObject({ source: ExportedText, key: ExportedText, lang: ExportedLang, seen: ExportedText, revisionId: orNull(ExportedId), importedAt: ExportedInstant })),
  pictures: v.array(ExportedPicture),
  files: v.array(ExportedBlob),
  /** What the people in its pictures and files agreed to; exports from before have none. */
  consents: v.optional(v.array(ExportedConsent), []),
})
export type ExportedItem = v.InferOutput<typeof ExportedItem>

export const ExportedTopics = v.array(v.strictObject({
  id: ExportedId, key: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)), createdAt: ExportedInstant, names: v.record(ExportedLang, ExportedText),
  mergedInto: orNull(ExportedId), mergedAt: orNull(ExportedInstant),
}))
export type ExportedTopics = v.InferOutput<typeof ExportedTopics>

/** Old addresses that lead to pages of the site; those that lead to texts stand with their item. */
export const ExportedRedirects = v.array(v.strictObject({ address: ExportedText, ownPath: ExportedText, createdAt: ExportedInstant }))
export type ExportedRedirects = v.InferOutput<typeof ExportedRedirects>
