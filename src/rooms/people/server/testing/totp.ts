import { TOTP } from 'otpauth'

/** What her app shows at this moment. */
export const codeOf = (secret: string, now: Temporal.Instant): string =>
  new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: now.epochMilliseconds })
