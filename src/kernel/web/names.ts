import { BlockList, isIP } from 'node:net'

/** The machine's own names always answer: the operator tries the house from the machine itself, on any port. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** Which names this house answers for, and with which scheme. */
export class HouseNames {
  readonly origins: readonly string[]
  #protocols = new Map<string, string>()

  /**
   * @param origins the first is the canonical one
   * @param port ours: the machine's own names with it are the ones most asked for beside the origins
   */
  constructor(origins: readonly string[], port?: number) {
    this.origins = origins
    for (const name of ['localhost', '127.0.0.1', '[::1]']) if (port) this.#protocols.set(`${name}:${port}`, 'http')
    for (const origin of origins) {
      const { protocol, host, port, hostname } = new URL(origin)
      this.#protocols.set(host, protocol.slice(0, -1))
      if (!port) this.#protocols.set(`${hostname}:${protocol === 'https:' ? 443 : 80}`, protocol.slice(0, -1))
    }
  }

  get canonical(): string {
    return this.origins[0]!
  }

  /** Each as a whole origin, with the machine's own at our port. A content security policy knows no address of IPv6. */
  get forPolicies(): string[] {
    return [...this.#protocols].filter(([host]) => !host.startsWith('[')).map(([host, protocol]) => `${protocol}://${host}`)
  }

  /** A page made for another Host would put a stranger's name into links and mails. */
  answersFor(host: string | undefined): boolean {
    return host !== undefined && (this.#protocols.has(host) || this.#protocols.has(host.toLowerCase()) || LOOPBACK.test(host))
  }

  /** @param forwarded the scheme that a trusted proxy names */
  originOf(host: string, forwarded: string | undefined): string {
    const protocol = forwarded ?? this.#protocols.get(host.toLowerCase()) ?? 'http'
    return `${protocol}://${host.toLowerCase()}`
  }
}

/** The proxies whose X-Forwarded headers are believed; anybody else could write them as they please. */
export class TrustedProxies {
  #list = new BlockList()

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', bits] = network.split('/')
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
      if (bits === undefined) this.#list.addAddress(address, family)
      else this.#list.addSubnet(address, Number(bits), family)
    }
  }

  trusts(peer: string | undefined): boolean {
    if (!peer) return false
    const address = peer.replace(/^::ffff:(?=\d+\.)/, '')
    return this.#list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }

  protocolFrom(peer: string | undefined, header: string | string[] | undefined): string | undefined {
    if (!this.trusts(peer) || typeof header !== 'string') return undefined
    const protocol = header.split(',').at(-1)!.trim().toLowerCase()
    return protocol === 'https' || protocol === 'http' ? protocol : undefined
  }
}
