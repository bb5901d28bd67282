import type { House } from '#kernel/house.ts'
import { TooBusy } from '#kernel/page-cache/gate.ts'
import { hasPictures } from '#kernel/page-cache/lean.ts'
import { Page } from '#kernel/page-cache/page.ts'
import { Reading } from '#kernel/page-cache/reading.ts'
import { isForPrograms, READABLE_ELSEWHERE } from '#kernel/web/cross-origin.ts'
import { isAgreement, isDesk, isForOnePerson } from '#kernel/web/desk-paths.ts'
import { decoded } from '#kernel/web/hidden-paths.ts'
import type { PageStyle } from '#kernel/web/page-style.ts'

/** SvelteKit's server, as its adapter hands it over. */
export interface Kit {
  respond(request: Request, options: { platform: object; getClientAddress(): string }): Promise<Response>
}

/** What a page wears: its security headers, flat, and the style that they allow. */
export interface Dress {
  base: readonly string[]
  style: PageStyle
}

interface RenderParts {
  house: House
  kit: Kit
  dress: Dress
  /** Of a link by which a delegate answers: little, for a telephone with little data. */
  agreeDress: Dress
  /** @param path decoded */
  deskDressAt(path: string): Dress
}

/** Of what the routes answer, these go on; the rest (validators, cache control, Kit's own) is ours to say. */
const PASSED = [
  'content-type', 'content-disposition', 'content-language', 'location', 'allow', 'retry-after', 'x-robots-tag', 'set-cookie', 'clear-site-data',
]

/** Lets the routes answer one request and reads the whole answer, with a note of everything that it depends on. */
export async function render({ house, kit, dress, agreeDress, deskDressAt }: RenderParts, request: Request): Promise<Page> {
  const path = decoded(new URL(request.url).pathname) ?? ''
  const isPersonal = isForOnePerson(path)
  const { base, style } = isDesk(path) ? deskDressAt(path) : isAgreement(path) ? agreeDress : dress
  const reading = new Reading(house.db.read, house.clock())
  const { response, body } = await house.reading.run(reading, async () => {
    const response = await kit.respond(request, { platform: {}, getClientAddress: () => '' })
    return { response, body: Buffer.from(await response.arrayBuffer()) }
  })
  // Kit turns what a route throws into a page of its own; an answer without a word says that the reader is to come back.
  if (response.status === 503 && body.length === 0) throw new TooBusy('the press is busy')
  return new Page({
    status: response.status,
    headers: [...headersOf(response, hasPictures(body) ? ['Save-Data'] : [], isPersonal), ...(isReadElsewhere(request) ? READABLE_ELSEWHERE : []), ...base],
    body: style.putInto(body),
    tags: reading.tags,
    from: reading.now.epochMilliseconds,
    until: reading.freshUntil?.epochMilliseconds ?? Infinity,
    isStorable: !isPersonal && reading.isStorable && !response.headers.has('set-cookie'),
  })
}

const isReadElsewhere = ({ method, url }: Request) => (method === 'GET' || method === 'HEAD') && isForPrograms(new URL(url).pathname)

function headersOf(response: Response, alsoVaries: readonly string[], isPersonal: boolean): string[] {
  const passed: string[] = []
  for (const name of PASSED) {
    const values = name === 'set-cookie' ? response.headers.getSetCookie() : [response.headers.get(name)]
    for (const value of values) if (value !== null) passed.push(written(name), value === 'text/html' ? 'text/html; charset=utf-8' : value)
  }
  const vary = (response.headers.get('vary') ?? '').split(',').map((one) => one.trim())
  const others = vary.filter((one) => one && one.toLowerCase() !== 'accept-encoding')
  passed.push('Vary', ['Accept-Encoding', ...others, ...alsoVaries].join(', '))
  // The next person at this device must not find a page that was for one, nor a search engine its address.
  if (isPersonal) passed.push('X-Robots-Tag', 'noindex, nofollow')
  passed.push('Cache-Control', isPersonal || response.status >= 500 || passed.includes('Set-Cookie') ? 'no-store' : 'no-cache')
  return passed
}

const written = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
