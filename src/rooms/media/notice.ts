import type { RegionMention, WithdrawalReason } from '#rooms/media/item.ts'

/** What a notice tells of its text. */
interface Told {
  note: string | null
  title: string
  slug: string
  regions: RegionMention[]
  isStarter: boolean
  replacedBy: { slug: string; title: string } | null
}

/** One line of the list of corrections: what was corrected, withdrawn or replaced, in one language, and when. */
export type Notice =
  | { kind: 'removed'; at: Temporal.Instant }
  | Told & { kind: 'corrected' | Exclude<WithdrawalReason, 'removed_for_safety'>; at: Temporal.Instant }

/** What the database answers: a moment inside its json is still a text. */
export interface FoundNotice extends Told {
  kind: 'corrected' | WithdrawalReason
  at: string
}

/** Removed for safety: nothing but the day. A title, a note or an address may name somebody. */
export function noticeOf({ kind, at, ...told }: FoundNotice): Notice {
  const moment = Temporal.Instant.from(at)
  return kind === 'removed_for_safety' ? { kind: 'removed', at: moment } : { kind, at: moment, ...told }
}
