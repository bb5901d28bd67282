import { SESSION_COOKIES } from '#kernel/viewer/session-cookie.ts'

/** The few request headers that decide how a page is answered, read in one pass over Node's raw list. */
export interface Glance {
  host: string | undefined
  acceptEncoding: string | undefined
  ifNoneMatch: string | undefined
  /** Signed in, or bearing a token: what such a request is answered is for nobody else. */
  isPersonal: boolean
  /** `Save-Data: on`: no picture before a tap. */
  savesData: boolean
}

/** Lengths are compared first: most names are passed over without looking at a letter. */
export function glanceAt(rawHeaders: readonly string[]): Glance {
  const glance: Glance = { host: undefined, acceptEncoding: undefined, ifNoneMatch: undefined, isPersonal: false, savesData: false }
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    switch (name.length) {
      case 4:
        // A second Host is an attempt to be two sites at once: the pair matches no name and is refused.
        if (is(name, 'host')) glance.host = glance.host === undefined ? rawHeaders[i + 1] : `${glance.host},`
        break
      case 6:
        if (is(name, 'cookie') && bearsSession(rawHeaders[i + 1]!)) glance.isPersonal = true
        break
      case 9:
        if (is(name, 'save-data') && rawHeaders[i + 1]!.trim().toLowerCase() === 'on') glance.savesData = true
        break
      case 13:
        if (is(name, 'if-none-match')) glance.ifNoneMatch = rawHeaders[i + 1]
        else if (is(name, 'authorization')) glance.isPersonal = true
        break
      case 15:
        if (is(name, 'accept-encoding')) glance.acceptEncoding = rawHeaders[i + 1]
    }
  }
  return glance
}

const is = (name: string, lower: string) => name === lower || name.toLowerCase() === lower

function bearsSession(cookie: string): boolean {
  return cookie.includes('altavoz=') && cookie.split(';').some((pair) => SESSION_COOKIES.includes(pair.split('=', 1)[0]!.trim()))
}

/** Whether the reader already holds these bytes (RFC 9110 13.1.2: a weak comparison). */
export function holds(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch === '*') return true
  return ifNoneMatch.length > etag.length && ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
