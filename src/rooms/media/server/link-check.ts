import { bounded, elsewhere, lookPublic, type Looked, type LookedAt } from '#kernel/fetching/server/look-public.ts'
import { PUBLIC } from '#kernel/fetching/server/fetch-public.ts'
import { type CheckedLink, isSamePlace, type TextLink } from '#rooms/media/links.ts'

export interface LinkCheckLimits {
  /** Addresses of one text that are asked. */
  most: number
  /** Of these at the same time. */
  atOnce: number
  /** Milliseconds for one, and for all. */
  eachMs: number
  allMs: number
}
export const LINK_CHECK_LIMITS: LinkCheckLimits = { most: 20, atOnce: 4, eachMs: 5000, allMs: 20_000 }

/** Looks at the links of a text to other sites, each address once. A person has one such look at a time. */
export class LinkChecks {
  #network: LookedAt
  #limits: LinkCheckLimits
  #busy = new Set<string>()

  constructor(network: LookedAt = PUBLIC, limits: LinkCheckLimits = LINK_CHECK_LIMITS) {
    this.#network = network
    this.#limits = limits
  }

  /** @param links `href` whole @param origins of this house, which is not asked @returns each link with what was found, in their order; 'busy' while she has another look under way */
  async check(personId: string, links: readonly TextLink[], origins: readonly string[]): Promise<CheckedLink[] | 'busy'> {
    if (this.#busy.has(personId)) return 'busy'
    this.#busy.add(personId)
    try {
      return await this.#lookAt(links, origins)
    } finally {
      this.#busy.delete(personId)
    }
  }

  async #lookAt(links: readonly TextLink[], origins: readonly string[]): Promise<CheckedLink[]> {
    const { most, atOnce, eachMs, allMs } = this.#limits
    const addresses = [...new Set(links.map(({ href }) => withoutPlace(href)))].slice(0, most)
    const found = new Map<string, Looked>()
    const ended = AbortSignal.timeout(allMs)
    // Where the house cannot tell its own addresses it asks none.
    const network = addresses.length > 0 ? await bounded(elsewhere(origins, this.#network), AbortSignal.any([ended, AbortSignal.timeout(eachMs)])).catch(() => undefined) : undefined
    const left = [...addresses]
    const work = async () => {
      for (let address = left.shift(); address !== undefined && !ended.aborted; address = left.shift()) {
        found.set(address, network ? await lookPublic(address, eachMs, network, ended) : { silent: 'no-answer' })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return links.map((link) => ({ ...link, ...saidOf(link.href, found.get(withoutPlace(link.href))) }))
  }
}

/** What stands behind `#` is not sent: two links to two places of one page are one question. */
const withoutPlace = (href: string): string => href.split('#', 1)[0]!

function saidOf(href: string, looked: Looked | undefined) {
  if (!looked) return { is: 'not-asked' as const }
  if ('silent' in looked) return { is: looked.silent === 'no-answer' ? ('silent' as const) : looked.silent }
  if (looked.status < 200 || looked.status > 299) return { is: 'answers' as const, status: looked.status }
  return isSamePlace(withoutPlace(href), looked.address) ? { is: 'there' as const } : { is: 'elsewhere' as const, address: looked.address }
}
