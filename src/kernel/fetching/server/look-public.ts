import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { ask, isRedirect, MOST_REDIRECTS, type Network, PUBLIC, reach } from '#kernel/fetching/server/fetch-public.ts'
import { houseAddresses, machineAddresses } from '#kernel/fetching/server/own-addresses.ts'

/** What an address of the public network answered: a status, and the address that it led to at last; or why nothing did. */
export type Looked = { status: number; address: string } | { silent: 'not-public' | 'port' | 'no-answer' | 'round' }

/** What may be looked at. Only tests let other ports than those of pages be asked, or say which addresses this machine has. */
export interface LookedAt extends Network {
  anyPort?: boolean
  machine?: () => string[]
}

/**
 * The public network without this machine and without this house: what is closed to the world outside listens on public addresses too,
 * and is open to who asks from within.
 * @param origins of this house @throws where its own names cannot be asked for now
 */
export async function elsewhere(origins: readonly string[], network: LookedAt = PUBLIC): Promise<LookedAt> {
  const own = new BlockList()
  const { machine = machineAddresses } = network
  for (const address of [...machine(), ...(await houseAddresses(origins, network.resolve))]) {
    const plain = address.split('%')[0]!
    if (isIP(plain)) own.addAddress(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
  return { ...network, mayReach: (address) => network.mayReach(address) && !own.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') }
}

/** Says what asks, and neither who nor with which program: a site is not to be told that such a house writes about it. */
const USER_AGENT = 'Mozilla/5.0 (compatible; link check)'

/** What servers say that know no HEAD: they are asked once more as a browser asks. No other: a GET may do what an address is for, once. */
const isOfHead = (status: number) => status === 405 || status === 501

/**
 * Looks what is at an address of the public network without taking what is there: not a byte of its body is kept. Every step is looked at
 * as `fetchPublic` does, so that no name leads into this machine or its neighbourhood.
 * @param mostMs for all of it, redirects too
 * @param network of `elsewhere`
 */
export async function lookPublic(wished: string, mostMs: number, network: LookedAt, ended?: AbortSignal): Promise<Looked> {
  const own = AbortSignal.timeout(mostMs)
  const signal = ended ? AbortSignal.any([own, ended]) : own
  let address = wished
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const url = URL.parse(address)
      const reached = url ? await bounded(reach(url, network), signal) : { refused: '' }
      if ('refused' in reached) return { silent: 'not-public' }
      // Pages stand at 80 and 443; asking for other doors would be trying them, here and at strangers’.
      if (url!.port !== '' && !network.anyPort) return { silent: 'port' }
      const answer = await statusOf(url!, reached.address, signal)
      if (answer.leadsTo === undefined) return { status: answer.status, address }
      address = URL.parse(answer.leadsTo, address)?.href ?? answer.leadsTo
    }
    return { silent: 'round' }
  } catch {
    return { silent: 'no-answer' }
  }
}

async function statusOf(url: URL, address: string, signal: AbortSignal) {
  const head = statusIn(await ask(url, address, signal, 'HEAD', USER_AGENT))
  return isOfHead(head.status) ? statusIn(await ask(url, address, signal, 'GET', USER_AGENT)) : head
}

function statusIn(answer: IncomingMessage): { status: number; leadsTo: string | undefined } {
  const { statusCode: status = 0, headers } = answer
  // Whatever it would send goes no further than this.
  answer.destroy()
  return { status, leadsTo: isRedirect(status) ? headers.location : undefined }
}

/** A name is asked for by the system, which knows no signal. */
export function bounded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([work, new Promise<never>((_, failed) => {
    if (signal.aborted) failed(signal.reason as Error)
    signal.addEventListener('abort', () => failed(signal.reason as Error), { once: true })
  })])
}
