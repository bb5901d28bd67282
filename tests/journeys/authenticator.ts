import type { CDPSession } from 'playwright-core'

/** A phone or computer that keeps passkeys and verifies its person by itself. @returns the id by which Chromium knows it */
export async function authenticator(cdp: CDPSession): Promise<string> {
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const
  return (await cdp.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
}
