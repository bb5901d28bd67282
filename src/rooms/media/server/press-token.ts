import { createHash } from 'node:crypto'

/** What is kept of a press link, and looked up: whoever copies the database has no link. 256 random bits need no salt. */
export const hashPressToken = (token: string): Buffer => createHash('sha256').update(token).digest()
