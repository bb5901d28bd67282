import type { ServerResponse } from 'node:http'
import type { Coding } from '#kernel/page-cache/coding.ts'
import type { Page } from '#kernel/page-cache/page.ts'
import { holds } from '#kernel/web/glance.ts'

/** Head and body leave in one write: the header list is flat and ready, the body a latin1 string of its bytes. */
export function writePage(res: ServerResponse, page: Page, coding: Coding, ifNoneMatch: string | undefined, isHead: boolean) {
  const coded = page.in(coding)
  if (ifNoneMatch !== undefined && page.status === 200) {
    if (holds(ifNoneMatch, coded.etag)) {
      res.writeHead(304, coded.heldHeaders)
      return res.end()
    }
    // Says which of the reader's copies is still good (RFC 9111 4.3.4).
    if (coded.formerEtag && holds(ifNoneMatch, coded.formerEtag)) {
      res.writeHead(304, coded.heldHeaders.map((value) => (value === coded.etag ? coded.formerEtag! : value)))
      return res.end()
    }
  }
  res.writeHead(page.status, coded.headers)
  return isHead ? res.end() : res.end(coded.body, 'latin1')
}

export function writePlain(res: ServerResponse, status: number, headers: readonly string[], body: string, isHead = false) {
  if (res.headersSent || res.destroyed) return res.destroy()
  const bytes = Buffer.from(body)
  res.writeHead(status, [...headers, 'Content-Length', String(bytes.length)])
  return isHead ? res.end() : res.end(bytes)
}
