import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares by digests of one length, so that neither time nor length tells a guesser how near they are. */
export function bearsToken(authorization: string | undefined, token: string | undefined): boolean {
  if (!token || !authorization?.startsWith('Bearer ')) return false
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(token))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
