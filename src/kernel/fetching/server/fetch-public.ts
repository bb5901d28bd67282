import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from '#kernel/fetching/server/public-address.ts'

/** What may be reached. Only tests name another one than `PUBLIC`. */
export interface Network {
  resolve(name: string): Promise<string[]>
  mayReach(address: string): boolean
}
export const PUBLIC: Network = {
  resolve: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
  mayReach: isPublicAddress,
}

export interface Wish {
  /** Media types that are taken, as they stand before any `;`. */
  types: RegExp
  mostBytes: number
  /** For all of it, redirects too. */
  mostMs?: number
}
export type Fetched = { bytes: Buffer; type: string; address: string } | { refused: string }

export const MOST_REDIRECTS = 5
const MOST_MS = 60_000
/** Says what asks, and nothing of who. */
const USER_AGENT = 'Altavoz (import of texts, at the wish of a person)'

/**
 * Fetches one address of the public network. Names are resolved here, and the connection goes to the very address that
 * was looked at: else a name could be public when it is asked for and private when it is used. Each redirect is looked at
 * anew. It carries no cookie, no referrer and no password, and uses no proxy.
 */
export async function fetchPublic(wished: string, { types, mostBytes, mostMs = MOST_MS }: Wish, network: Network = PUBLIC): Promise<Fetched> {
  const signal = AbortSignal.timeout(mostMs)
  let address = wished
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const url = URL.parse(address)
      const reached = url ? await reach(url, network) : { refused: 'it is no address' }
      if ('refused' in reached) return reached
      const answer = await ask(url!, reached.address, signal)
      const leadsTo = isRedirect(answer.statusCode) ? answer.headers.location : undefined
      if (leadsTo === undefined) return await bodyOf(answer, { types, mostBytes }, address)
      answer.destroy()
      address = URL.parse(leadsTo, address)?.href ?? leadsTo
    }
    return { refused: `it leads on more than ${MOST_REDIRECTS} times` }
  } catch (error) {
    return { refused: signal.aborted ? `it was not there within ${mostMs / 1000} seconds` : `it could not be fetched (${wordFor(error)})` }
  }
}

export const isRedirect = (status = 0) => [301, 302, 303, 307, 308].includes(status)
const wordFor = (error: unknown) => (error as { code?: string }).code ?? (error as Error).name

/** The address to connect to; every one that the name has must be public, so that none is come upon by chance. */
export async function reach(url: URL, { resolve, mayReach }: Network): Promise<{ address: string } | { refused: string }> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: `it leads to “${url.protocol}”; only http and https are fetched` }
  if (url.username || url.password) return { refused: 'it holds a name and a password' }
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  // Asking the public network for such a name would tell it what is looked for.
  if (/\.(onion|i2p|local|internal)$/i.test(host)) return { refused: `the name ${host} is none of the public network` }
  const addresses = isIP(host) ? [host] : await resolve(host)
  const [first] = addresses
  if (first === undefined || !addresses.every(mayReach)) return { refused: `${host} is no address of the public network` }
  return { address: first }
}

/** @param method HEAD where only the answer counts */
export function ask(url: URL, address: string, signal: AbortSignal, method: 'GET' | 'HEAD' = 'GET', userAgent = USER_AGENT): Promise<IncomingMessage> {
  const isSafe = url.protocol === 'https:'
  const name = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((done, failed) => {
    const request = (isSafe ? https : http).request({
      method, host: address, port: url.port || (isSafe ? 443 : 80), path: url.pathname + url.search, signal,
      // The certificate is for the name, the connection goes to the address.
      ...(isSafe && !isIP(name) && { servername: name }),
      agent: new (isSafe ? https : http).Agent({ keepAlive: false }),
      headers: { host: url.host, 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity' },
    }, done)
    request.on('error', failed)
    request.end()
  })
}

async function bodyOf(answer: IncomingMessage, { types, mostBytes }: Pick<Wish, 'types' | 'mostBytes'>, address: string): Promise<Fetched> {
  const refuse = (refused: string) => {
    answer.destroy()
    return { refused }
  }
  const type = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (answer.statusCode !== 200) return refuse(`its server answers ${answer.statusCode}`)
  if (!types.test(type)) return refuse(`it is of the type “${type.slice(0, 60)}”, which is not taken`)
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity') return refuse('its server packs what was asked for unpacked')
  const tooLarge = `it is larger than ${Math.floor(mostBytes / 1_000_000)} MB`
  if (Number(answer.headers['content-length'] ?? 0) > mostBytes) return refuse(tooLarge)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > mostBytes) return refuse(tooLarge)
    pieces.push(piece)
  }
  return { bytes: Buffer.concat(pieces), type, address }
}
