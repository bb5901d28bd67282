import type { Lang } from '#kernel/language/language.ts'
import type { Answer } from '#rooms/media/agreement.ts'

// None of these stands in an export: who was asked by which link belongs to this house, and a signed text names its signers itself.

/** An organisation that is to sign an item. */
export interface SignerWishTable {
  id: string
  itemId: string
  organisationId: string
  wishedAt: Temporal.Instant
  wishedBy: string
}

export interface SignerLeavingOutTable {
  id: string
  wishId: string
  at: Temporal.Instant
  leftOutBy: string
  why: string
  takenBackAt: Temporal.Instant | null
  takenBackBy: string | null
}

/** A language besides the first whose text an organisation approves before it goes out. */
export interface LanguageClaimTable {
  id: string
  wishId: string
  lang: Lang
  claimedAt: Temporal.Instant
  claimedBy: string
  givenBackAt: Temporal.Instant | null
  givenBackBy: string | null
}

/** An agreement link. It asks about the text in one language. */
export interface AgreementAskTable {
  id: string
  wishId: string
  lang: Lang
  tokenHash: Buffer
  /** The delegate who is asked. */
  personId: string
  revisionId: string
  /** Of the words that she is asked about (`agreementHash`). */
  hash: string
  askedAt: Temporal.Instant
  askedBy: string
  /** How the link was sent, in a word. */
  channel: string | null
  deadline: Temporal.Instant | null
  seenAt: Temporal.Instant | null
  revokedAt: Temporal.Instant | null
  revokedBy: string | null
}

export interface AgreementAnswerTable {
  id: string
  askId: string
  personId: string
  revisionId: string
  hash: string
  answer: Answer
  at: Temporal.Instant
  reason: string | null
  /** jsonb array of `WantedChange`: written through JSON.stringify. */
  changes: unknown
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    signerWish: SignerWishTable
    signerLeavingOut: SignerLeavingOutTable
    languageClaim: LanguageClaimTable
    agreementAsk: AgreementAskTable
    agreementAnswer: AgreementAnswerTable
  }
}

