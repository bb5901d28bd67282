import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** The host of an address, as the network writes it: without the brackets of IPv6. */
const hostOf = (origin: string) => new URL(origin).hostname.replace(/^\[|\]$/g, '')

/** Names that the world's name servers are asked for: not loopback, not bare addresses, not onions. */
export function publicNames(origins: readonly string[]): string[] {
  return [...new Set(origins.map(hostOf).filter((name) => name !== 'localhost' && !/\.(onion|localhost)$/.test(name) && !isIP(name)))]
}

/** The addresses of this machine's own cards. */
export const machineAddresses = (): string[] => Object.values(networkInterfaces()).flatMap((all) => all ?? []).map(({ address }) => address)

/**
 * Where this house is found: what its names lead to, which need not be an address of this machine.
 * @throws where a name cannot be asked for now; one that leads nowhere leads to nothing of ours
 */
export async function houseAddresses(origins: readonly string[], resolve: (name: string) => Promise<string[]>): Promise<string[]> {
  const found = await Promise.all(publicNames(origins).map((name) => resolve(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return []
    throw error
  })))
  return [...origins.map(hostOf).filter((host) => isIP(host)), ...found.flat()]
}
