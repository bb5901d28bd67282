import type { BadParameter } from '#rooms/media/api/asked-items.ts'

/** What each kind of problem is called by programs; the document that it points to describes them. */
const TYPE = '/api/v1/openapi.json#'

/** RFC 9457. In English, as the rest of the interface for programs is. */
export function problem(status: number, name: string, title: string, more: object = {}): Response {
  return json({ type: TYPE + name, title, status, ...more }, status, 'application/problem+json')
}

export const badParameters = (parameters: BadParameter[]) =>
  problem(400, 'bad-parameter', 'A parameter cannot be read', {
    detail: parameters.map(({ name, reason }) => `${name}: ${reason}`).join(' '), parameters,
  })

/** One answer for what was never there, what waits and what is a draft, byte for byte. */
export const noSuchItem = () => problem(404, 'no-such-item', 'There is no such item')

/** The search was given up; the same question a little later may be answered. */
export function tooSlow(): Response {
  const answer = problem(503, 'slow-search', 'The search took too long')
  answer.headers.set('retry-after', '3')
  return answer
}

export const json = (body: unknown, status = 200, type = 'application/json'): Response =>
  new Response(`${JSON.stringify(body)}\n`, { status, headers: { 'content-type': `${type}; charset=utf-8` } })
