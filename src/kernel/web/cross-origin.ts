import type { ServerResponse } from 'node:http'

/** Pages of other sites may read what programs are given; everything else stays with its own site. */
export const isForPrograms = (path: string): boolean => path.startsWith('/api/')

const METHODS = 'GET, HEAD, OPTIONS'

/** Of every answer below `/api/`, flat. Without credentials: what is answered is the same for everybody. */
export const READABLE_ELSEWHERE: readonly string[] = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', 'ETag, Retry-After']

/** Answers a browser that asks before it asks (CORS preflight). */
export function answerPreflight(res: ServerResponse, base: readonly string[]) {
  res.writeHead(204, [
    ...base, ...READABLE_ELSEWHERE, 'Access-Control-Allow-Methods', METHODS, 'Access-Control-Allow-Headers', 'If-None-Match',
    'Access-Control-Max-Age', '86400', 'Allow', METHODS,
  ])
  res.end()
}
