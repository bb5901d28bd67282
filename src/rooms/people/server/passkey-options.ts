import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { CHALLENGE_MINUTES } from '#rooms/people/passkey.ts'
import { ALGORITHMS } from '#rooms/people/server/passkey-answer.ts'

const timeout = CHALLENGE_MINUTES * 60_000
const bytesOf = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'))

/**
 * What a browser is asked for to make a passkey: one that is found without a name, behind finger, face or code. The
 * device shows host and sign-in name in its list, and others may see that list: neither says whose site this is, nor
 * how she is called. The id that stands for her in the device is random and kept nowhere.
 * @param others hers at this host already
 */
export const optionsToMake = (challenge: string, rpId: string, signInName: string, others: readonly { credentialId: Buffer; transports: string[] }[] = []) =>
  generateRegistrationOptions({
    rpName: rpId, rpID: rpId, userName: signInName, userDisplayName: signInName, challenge: bytesOf(challenge), timeout, attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: others.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), transports })),
  })

/** For whoever has a passkey here: no list of keys is sent, or a stranger could ask whose there are. */
export const optionsToOpen = (challenge: string, rpId: string) =>
  generateAuthenticationOptions({ rpID: rpId, challenge: bytesOf(challenge), timeout, userVerification: 'required', allowCredentials: [] })
