import type { IncomingMessage } from 'node:http'
import { ask, isRedirect, MOST_REDIRECTS, type Network, PUBLIC, reach } from '#kernel/fetching/server/fetch-public.ts'

/** What an address of the public network answered: a status, and the address that it led to at last; or why nothing did. */
export type Looked = { status: number; address: string } | { silent: 'not-public' | 'no-answer' | 'round' }

/** Says what asks, and nothing of who. */
const USER_AGENT = 'Altavoz (a look whether a link leads somewhere, at the wish of a person)'

/** What servers say that know no HEAD, or turn it away: they are asked once more as a browser asks. */
const isOfHead = (status: number) => status >= 400

/**
 * Looks what is at an address of the public network without taking what is there: not a byte of its body is kept. Every step is looked at
 * as `fetchPublic` does, so that no name leads into this machine or its neighbourhood.
 * @param mostMs for all of it, redirects too
 */
export async function lookPublic(wished: string, mostMs: number, network: Network = PUBLIC, ended?: AbortSignal): Promise<Looked> {
  const own = AbortSignal.timeout(mostMs)
  const signal = ended ? AbortSignal.any([own, ended]) : own
  let address = wished
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const url = URL.parse(address)
      const reached = url ? await bounded(reach(url, network), signal) : { refused: '' }
      if ('refused' in reached) return { silent: 'not-public' }
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
function bounded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([work, new Promise<never>((_, failed) => {
    if (signal.aborted) failed(signal.reason as Error)
    signal.addEventListener('abort', () => failed(signal.reason as Error), { once: true })
  })])
}
