import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers'
import * as v from 'valibot'
import type { PasskeyPlace } from '#rooms/people/passkey.ts'

/** What a browser sends of a passkey, as `@simplewebauthn/browser` writes it. Longer than any real one is refused before this. */
export const LONGEST_ANSWER = 16_000

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/))
const outer = { id: base64url, rawId: base64url, type: v.literal('public-key') }
const Made = v.object({ ...outer, response: v.object({ clientDataJSON: base64url, attestationObject: base64url, transports: v.optional(v.array(v.string()), []) }) })
const Opened = v.object({ ...outer, response: v.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: v.nullish(v.string()) }) })
const ClientData = v.object({ challenge: base64url })

export interface MadePasskey {
  credentialId: Buffer
  publicKey: Buffer
  signCount: bigint
  transports: string[]
}

/** The ways that the standard names; what else a browser says of one is not kept. */
const TRANSPORTS = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal']

/** The challenge that a browser says it answers: to be looked for, not to be believed. Undefined when nothing can be read. */
export function challengeIn(answer: string): string | undefined {
  const read = v.safeParse(v.object({ response: v.object({ clientDataJSON: base64url }) }), parsed(answer))
  const clientData = read.success ? v.safeParse(ClientData, parsed(Buffer.from(read.output.response.clientDataJSON, 'base64url').toString())) : undefined
  return clientData?.success ? clientData.output.challenge : undefined
}

/** Which passkey opened, as the browser says. */
export function credentialIn(answer: string): Buffer | undefined {
  const read = v.safeParse(Opened, parsed(answer))
  return read.success ? Buffer.from(read.output.id, 'base64url') : undefined
}

/** A new passkey, when it was made here, for this challenge, by a person who was verified. Else undefined. */
export async function readMade(answer: string, challenge: string, { origin, rpId }: PasskeyPlace): Promise<MadePasskey | undefined> {
  const read = v.safeParse(Made, parsed(answer))
  if (!read.success) return undefined
  const { response, ...rest } = read.output
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...rest, response: { clientDataJSON: response.clientDataJSON, attestationObject: withoutAttestation(response.attestationObject) }, clientExtensionResults: {} },
      expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified) return undefined
    const { id, publicKey, counter } = registrationInfo.credential
    const transports = TRANSPORTS.filter((one) => response.transports.includes(one))
    return { credentialId: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), signCount: BigInt(counter), transports }
  } catch {
    return undefined
  }
}

/** EdDSA, ES256, RS256: what every maker's passkeys can do. */
export const ALGORITHMS = [-8, -7, -257]

/**
 * What the maker swears of the device is thrown away unread. We ask for none and would not believe it; and to check it
 * the library fetches lists of revoked certificates from addresses that stand in it, which whoever sends it chooses.
 */
function withoutAttestation(attestationObject: string): string {
  const authData = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url'))).get('authData')
  return Buffer.from(isoCBOR.encode(new Map<string, never>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]] as [string, never][]))).toString('base64url')
}

/** The counter that the passkey brought, when it signed this challenge here with this key for a verified person. Else undefined. */
export async function readOpened(
  answer: string, challenge: string, { origin, rpId }: PasskeyPlace, kept: { credentialId: Buffer; publicKey: Buffer },
): Promise<number | undefined> {
  const read = v.safeParse(Opened, parsed(answer))
  if (!read.success) return undefined
  const { response, ...rest } = read.output
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...rest, response: { clientDataJSON: response.clientDataJSON, authenticatorData: response.authenticatorData, signature: response.signature }, clientExtensionResults: {} },
      expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true,
      // The counter is compared by whoever keeps it (`isCounterBack`): one that went back is noted, and here it would only throw.
      credential: { id: kept.credentialId.toString('base64url'), publicKey: new Uint8Array(kept.publicKey), counter: 0 },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
