/** What a query value may be: its one canonical form, '' when it says nothing (a default), undefined when it is bad. */
export type Normalise = (value: string) => string | undefined

/** A public route whose pages may be kept, by Kit's pattern, with the query names that it reads. */
export interface CachedRoute {
  pattern: string
  query?: Record<string, Normalise>
  /** Query names whose answers are made but never kept: what somebody searched for leaves no trace. */
  unkept?: readonly string[]
}

export interface Target {
  /** Path and query that the page is rendered from: nothing that the route does not know. */
  url: string
  isKept: boolean
  /** It asks for something whose answers are not kept: a search, which costs more than a page. */
  isSearch?: boolean
}

/** Plain paths only: an escaped or doubled spelling of an address is answered, but never kept beside the plain one. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)*\/?$/
const MOST_VALUE = 200

export class RouteKeys {
  #routes: { matches: RegExp; route: CachedRoute }[]

  constructor(routes: readonly CachedRoute[]) {
    this.#routes = routes.map((route) => ({ matches: matcher(route.pattern), route }))
  }

  /**
   * What to render for a request's address, and whether the page may be kept under it. Unknown query names vanish here:
   * they reach no page, no key and no log.
   */
  target(url: string): Target {
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    const found = PLAIN_PATH.test(path) ? this.#routes.find(({ matches }) => matches.test(path)) : undefined
    if (!found) return { url, isKept: false }
    if (mark < 0) return { url: path, isKept: true }
    return withQuery(path, new URLSearchParams(url.slice(mark + 1)), found.route)
  }
}

function withQuery(path: string, asked: URLSearchParams, route: CachedRoute): Target {
  const known = route.query ?? {}
  const kept: [string, string][] = []
  let isKept = true
  for (const name of [...Object.keys(known), ...(route.unkept ?? [])].sort()) {
    const values = asked.getAll(name)
    if (values.length === 0) continue
    const normal = values.length === 1 && values[0]!.length <= MOST_VALUE ? known[name]?.(values[0]!) : undefined
    if (normal === '') continue
    // A bad value goes to the route as it is, which names it in its answer; that answer is not kept.
    if (normal === undefined) isKept = false
    for (const value of normal === undefined ? values : [normal]) kept.push([name, value])
  }
  const query = new URLSearchParams(kept).toString()
  const isSearch = route.unkept?.some((name) => asked.has(name)) ?? false
  return { url: query ? `${path}?${query}` : path, isKept, ...(isSearch && { isSearch }) }
}

/** `/[lang]/media/[slug]` as Kit reads it; a trailing slash is Kit's matter. */
function matcher(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part.startsWith('[lang')) return '[a-z]{2,3}(?:-[a-z0-9]{2,8})*'
    return part.replace(/\[[^\]]*\]|[.*+?^${}()|\\]/g, (found) => (found.length > 1 ? '[^/]+' : `\\${found}`))
  })
  return new RegExp(`^${parts.join('/')}/?$`)
}
