import { availableParallelism } from 'node:os'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isConnectionLoss } from '#kernel/database/connection-loss.ts'
import type { House } from '#kernel/house.ts'
import { negotiateCoding } from '#kernel/page-cache/coding.ts'
import { Gate, TooBusy } from '#kernel/page-cache/gate.ts'
import type { RouteKeys } from '#kernel/page-cache/key.ts'
import type { Page } from '#kernel/page-cache/page.ts'
import { answerBlob, BLOB_PATH } from '#kernel/web/blob.ts'
import { answerPreflight, isForPrograms } from '#kernel/web/cross-origin.ts'
import { type Glance, glanceAt } from '#kernel/web/glance.ts'
import { decoded, isHidden } from '#kernel/web/hidden-paths.ts'
import { answerMachine } from '#kernel/web/machine-paths.ts'
import { asksElsewhere, isDesk, isForOnePerson, sendsFile, standsStill } from '#kernel/web/desk-paths.ts'
import type { HouseNames, TrustedProxies } from '#kernel/web/names.ts'
import { Refused } from '#kernel/web/refused.ts'
import { type Dress, type Kit, render } from '#kernel/web/render.ts'
import { personalRequest, publicRequest } from '#kernel/web/requests.ts'
import { writePage } from '#kernel/web/writing.ts'

const LONGEST_URL = 4096
/** Guesses at sign-in stand still for seconds; they wait here, so that no other page does. */
const ENTERING_AT_ONCE = 512
const MOST_ENTERING_WAITING = 512
/** Files come in slowly, and each is held in memory: so many at once. */
const FILES_AT_ONCE = 24
const MOST_FILES_WAITING = 128
/** Who has links looked at waits for other sites, twenty seconds at most; whoever comes after these is told so. */
const LOOKS_AT_ONCE = 4
const MOST_LOOKS_WAITING = 8
/** Documents of texts at the desk: whoever writes what is hard to print waits for her own, and no reader does. */
const DRAFTS_AT_ONCE = 1
const MOST_DRAFTS_WAITING = 8
/** Searches that wait; who comes after them is told so at once. */
const MOST_SEARCHES_WAITING = 20
const SLASH = 47

export interface DoorParts {
  house: House
  kit: Kit
  keys: RouteKeys
  names: HouseNames
  proxies: TrustedProxies
  /** Of public pages, and of what is answered without a page. */
  dress: Dress
  /** Of agreement links. */
  agreeDress: Dress
  /** Of the desk's page at a decoded path: a few carry script. */
  deskDressAt(path: string): Dress
  /** Addresses that the press answers: they wait for each other and never for a place among the pages. */
  printed: { path: RegExp; gate: Gate }
  /** Files of the build (fonts, icons): answers and returns true when the path is one. */
  answerFile(req: IncomingMessage, res: ServerResponse): boolean
}

/** Answers one request. What is kept goes out at once; everything else is worked out behind it. */
export function openDoor(parts: DoorParts): (req: IncomingMessage, res: ServerResponse) => void {
  const { house, names } = parts
  const refused = new Refused(parts.dress.base)
  const pages = house.pages
  // Searches wait here and not where pages are made: however many come, places for other pages stay free.
  const entering = new Gate(ENTERING_AT_ONCE, MOST_ENTERING_WAITING)
  const files = new Gate(FILES_AT_ONCE, MOST_FILES_WAITING)
  const looks = new Gate(LOOKS_AT_ONCE, MOST_LOOKS_WAITING)
  const drafts = new Gate(DRAFTS_AT_ONCE, MOST_DRAFTS_WAITING)
  const searches = new Gate(availableParallelism(), MOST_SEARCHES_WAITING)

  return function answerOrFail(req, res) {
    // A fault here would end the program, not only this request.
    try {
      answer(req, res)
    } catch (error) {
      fail(res, req, error)
    }
  }

  function answer(req: IncomingMessage, res: ServerResponse) {
    const glance = glanceAt(req.rawHeaders)
    const url = req.url!.charCodeAt(0) === SLASH ? req.url! : (req.url = withoutOrigin(req.url!, glance))
    const isHead = req.method === 'HEAD'
    const isRead = isHead || req.method === 'GET'
    if (isRead && answerMachine(house, req, res)) return
    if (!names.answersFor(glance.host)) return refused.wrongName(res, url, isHead)
    if (isRead && !glance.isPersonal && url.length <= LONGEST_URL) {
      // A key is itself an address, so the plain address of a kept page finds it without being parsed.
      const page = pages.find(url)
      if (page !== undefined) {
        writePage(res, glance.savesData ? page.lean() : page, negotiateCoding(glance.acceptEncoding), glance.ifNoneMatch, isHead)
        return
      }
    }
    void answerSlowly(req, res, url, glance, isRead).catch((error: unknown) => fail(res, req, error))
  }

  async function answerSlowly(req: IncomingMessage, res: ServerResponse, url: string, glance: Glance, isRead: boolean) {
    if (req.method === 'OPTIONS' && isForPrograms(url)) return answerPreflight(res, parts.dress.base)
    if (!isRead && req.method !== 'POST') return refused.method(res)
    if (url.length > LONGEST_URL) return refused.address(res, 414)
    const path = url.split('?', 1)[0]!
    if (!url.startsWith('/') || decoded(path) === undefined || path.includes('\\')) return refused.address(res, 400)
    if (parts.answerFile(req, res)) return
    const isHead = req.method === 'HEAD'
    if (isRead && BLOB_PATH.test(path)) {
      if (!house.db.isUp()) return refused.withoutDatabase(res, url, isHead)
      if (await answerBlob(house, req, res, path, parts.dress.base)) return
    }
    if (!house.db.isUp()) return refused.withoutDatabase(res, url, isHead)
    const page = await pageFor(req, res, isHidden(path) ? neverWas(path) : url, glance, isRead)
    if (res.destroyed) return
    if (page.status >= 500 && !page.isExplained && (page.status === 503 || !house.db.isUp())) return refused.withoutDatabase(res, url, isHead)
    const coding = negotiateCoding(glance.acceptEncoding)
    writePage(res, glance.savesData ? page.lean() : page, coding, glance.ifNoneMatch, isHead)
  }

  function pageFor(req: IncomingMessage, res: ServerResponse, url: string, glance: Glance, isRead: boolean): Promise<Page> {
    // Whatever spelling the address has: a slow document must not hold a page's place.
    const [address, ...search] = url.split('?')
    const path = decoded(address!) ?? ''
    const gate = parts.printed.path.test(path) ? (isDesk(path) ? drafts : parts.printed.gate) : isRead ? pages.gate : standsStill(path) ? entering : sendsFile(path, search.join('?')) ? files : asksElsewhere(path, search.join('?')) ? looks : pages.gate
    // The whole request: what the desk and personal links answer is for one person, who may not have signed in yet.
    if (glance.isPersonal || !isRead || isForOnePerson(path)) {
      const forwarded = parts.proxies.protocolFrom(req.socket.remoteAddress, req.headers['x-forwarded-proto'])
      const origin = names.originOf(glance.host!, forwarded)
      return pages.obtainUnkept(() => render(parts, personalRequest(origin, req, url)), gate)
    }
    const target = parts.keys.target(url)
    // Made for the canonical name whoever asks: no page depends on the Host, and no stranger's header reaches one.
    const make = () => render(parts, publicRequest(names.canonical, target.url, req))
    // Who has left while the request stood in the queue needs no page; a page that is kept serves others too.
    const unkept = () => pages.obtainUnkept(() => (res.destroyed ? Promise.reject(new Left()) : make()), gate)
    if (!target.isKept) return target.isSearch ? searches.through(unkept) : unkept()
    return pages.obtain(target.url, make, gate)
  }

  function fail(res: ServerResponse, req: IncomingMessage, error: unknown) {
    const isHead = req.method === 'HEAD'
    if (res.headersSent || res.destroyed) return res.destroy()
    if (error instanceof TooBusy) return refused.tooBusy(res, req.url!, isHead)
    if (isConnectionLoss(error)) return refused.withoutDatabase(res, req.url!, isHead)
    const reference = refused.fault(res, req.url!, isHead)
    house.log.error('request failed outside the routes', error, { reference })
  }
}

/** `GET http://name/path`, as one asks a proxy: the name in it counts, not the Host header (RFC 9112 3.2.2). */
function withoutOrigin(url: string, glance: Glance): string {
  const [, host, path] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (host === undefined || path === undefined) return url
  glance.host = host
  return path.startsWith('/') ? path : `/${path}`
}

/** The reader closed the connection. */
class Left extends Error {}

/** An address in the same language that no route knows. */
function neverWas(path: string): string {
  const lang = /^\/[a-z]{2,3}(?:-[a-z0-9]{2,8})*(?=\/)/.exec(path)?.[0] ?? ''
  return `${lang}/-/-/-/-`
}
