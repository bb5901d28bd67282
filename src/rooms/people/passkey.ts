/** Long enough to find the phone and for a slow line; what was caught later opens nothing. */
export const CHALLENGE_MINUTES = 5
const LONGEST_LABEL = 60

/** Where a passkey is made and used: it opens at this host name and at no other. */
export interface PasskeyPlace {
  origin: string
  rpId: string
}

/** Undefined at a bare address: a passkey belongs to a name (WebAuthn, 5.1.3: the effective domain must be one). */
export function passkeyPlaceAt({ origin, hostname }: Pick<URL, 'origin' | 'hostname'>): PasskeyPlace | undefined {
  return /^\[|^[\d.]+$/.test(hostname) ? undefined : { origin, rpId: hostname }
}

/** Of the house's own addresses, the names at which a passkey can open. @param origins as the settings list them */
export const passkeyHosts = (origins: readonly string[]): string[] =>
  [...new Set(origins.map((origin) => passkeyPlaceAt(new URL(origin))?.rpId).filter((rpId) => rpId !== undefined))]

/**
 * A counter that does not grow says that there are two of this key (WebAuthn, 6.1.1). Most passkeys count nothing and
 * say zero always.
 */
export const isCounterBack = (kept: bigint, brought: number): boolean => (kept > 0n || brought > 0) && BigInt(brought) <= kept

/** The name by which she knows it again: one line. */
export function obstacleToLabel(label: string): 'no-label' | 'label-too-long' | null {
  const plain = label.trim()
  if (plain === '' || /\p{Cc}/u.test(plain)) return 'no-label'
  return [...plain].length > LONGEST_LABEL ? 'label-too-long' : null
}

export interface WaysIn {
  hasPassword: boolean
  /** Ids of her passkeys that have not ended. */
  passkeys: readonly string[]
}

/** Why this passkey may not be ended: nobody else can let her in again but by a recovery. */
export function obstacleToEndingPasskey(ways: WaysIn, passkeyId: string): 'not-found' | 'last-way' | null {
  if (!ways.passkeys.includes(passkeyId)) return 'not-found'
  return ways.passkeys.length > 1 || ways.hasPassword ? null : 'last-way'
}
