import * as v from 'valibot'
import { ExportedHash, ExportedId, ExportedInstant } from '#kernel/export/shapes.ts'

/** Written last: what has none was cut off. */
export const HEAD_FILE = 'altavoz-export.json'
/** SHA-256 of every file, as `sha256sum -c` reads it. */
export const SUMS_FILE = 'SHA256SUMS'
export const UNFINISHED_FILE = 'UNFINISHED'

export const ExportHeadShape = v.object({
  format: v.literal(1),
  madeAt: ExportedInstant,
  /** `public`: what readers could see at that moment, and nothing else. */
  holds: v.picklist(['everything', 'public']),
  /** The site's own id, of which its feeds' ids are made. */
  identity: ExportedId,
  counts: v.record(v.string(), v.number()),
  sums: ExportedHash,
})
export type ExportHead = Omit<v.InferInput<typeof ExportHeadShape>, never>
