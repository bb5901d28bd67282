import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link or a cookie: 32 random bytes as base64url, 43 characters that an address may hold. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * What is stored of a token, and looked up: 32 bytes of SHA-256. Whoever copies the database then has no session and no
 * link. 256 random bits need no salt and no slow hash: nobody can try them through.
 */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
