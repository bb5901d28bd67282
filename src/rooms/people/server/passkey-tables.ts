export interface PasskeyTable {
  id: string
  personId: string
  credentialId: Buffer
  /** As COSE writes it (RFC 9052). */
  publicKey: Buffer
  /** The host name at which it opens, and at no other. */
  rpId: string
  signCount: bigint
  transports: string[]
  label: string
  madeAt: Temporal.Instant
  lastUsedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
}

export interface PasskeyChallengeTable {
  hash: Buffer
  purpose: 'come-in' | 'sign-in' | 'add'
  personId: string | null
  entryLinkId: string | null
  expiresAt: Temporal.Instant
}

declare module '#kernel/database/tables.ts' {
  interface Tables {
    passkey: PasskeyTable
    passkeyChallenge: PasskeyChallengeTable
  }
}
