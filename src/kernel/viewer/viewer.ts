import type { Lang } from '#kernel/language/language.ts'

/**
 * What a person may do: one duty, in one organisation, for one language or (null) all of them. It opens no other. Only
 * a steward's is for no organisation.
 */
export interface Duty {
  duty: string
  organisationId: string | null
  lang: Lang | null
}

export interface Person {
  is: 'person'
  id: string
  sessionId: string
  duties: readonly Duty[]
}

/** Who asks. A route asks only whether it is a person; what they may do is asked of a rule about one row. */
export type Viewer = { readonly is: 'reader' } | Person

export const READER: Viewer = { is: 'reader' }
