import type { IncomingMessage } from 'node:http'
import { getRequest } from '@sveltejs/kit/node'

const MOST_BODY = 2 * 1024 * 1024
/** Where a Word file, a picture or a recording may come with the form. */
const MOST_WITH_FILE = 26 * 1024 * 1024
const takesFile = (url: string) => /^\/desk\/media\/(?:(new|pictures|[^/?]+\/[^/?]+\/docx)\/?(\?|$)|[^/?]+\/[^/?]+\/translate\/?\?\/bring(&|=|$))/.test(url)

/** Carries nothing of the reader but, where no page is kept, the languages that they read. */
export function publicRequest(origin: string, url: string, req: IncomingMessage): Request {
  const headers: [string, string][] = [['accept', 'text/html,*/*;q=0.5']]
  const languages = req.headers['accept-language']
  // Only `/` and addresses that exist nowhere look at it, and neither is kept.
  if (languages !== undefined && !/^\/[a-z]{2,3}(?:[-/?]|$)/.test(url)) headers.push(['accept-language', languages])
  return new Request(origin + url, { headers })
}

/** The whole request: forms, and pages for one person. Kit compares its Origin header with this origin. */
export function personalRequest(origin: string, req: IncomingMessage, url: string): Request {
  if (url !== req.url) return new Request(origin + url)
  return getRequest({ request: req, base: origin, bodySizeLimit: takesFile(url) ? MOST_WITH_FILE : MOST_BODY })
}
