import { lookup } from 'node:dns/promises'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { bad, type Finding, good, look, together, WAIT_MS } from '#kernel/commands/doctor-finding.ts'
import { machineAddresses, publicNames } from '#kernel/fetching/server/own-addresses.ts'

/** Addresses that say nothing about where the world finds this machine: behind them somebody else forwards. */
const PRIVATE = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe80)/i

export function dns({ settings }: CommandHouse): Promise<Finding> | Finding {
  const names = publicNames(settings.origins)
  if (names.length === 0) return good(`not asked: ${settings.origins.join(', ')} needs no name server`)
  const own = machineAddresses()
  return Promise.all(names.map((name) => lookAtName(name, own))).then(together)
}

export async function lookAtName(name: string, own: readonly string[]): Promise<Finding> {
  const asked = await within(lookup(name, { all: true }))
  if (asked instanceof Error) {
    const { code } = asked as NodeJS.ErrnoException
    if (code === 'ENOTFOUND' || code === 'ENODATA') return bad(`${name} has no address`, `at your domain's name server, give ${name} an A record (and AAAA) with this machine's address`)
    return look(`${name} could not be asked for (${code ?? asked.message})`, 'look whether this machine reaches the network, or run doctor --offline')
  }
  const addresses = asked.map(({ address }) => address)
  const elsewhere = addresses.filter((address) => !own.includes(address))
  const leads = `${name} leads to ${addresses.join(', ')}`
  if (elsewhere.length === 0) return good(`${leads}: this machine`)
  if (own.every((address) => PRIVATE.test(address))) return good(`${leads}; whether that is this machine cannot be told from within`)
  return look(`${leads}; ${elsewhere.join(', ')} is not an address of this machine`, 'correct the A and AAAA records, unless a machine of yours there passes requests on')
}

/** The system's resolver can wait for minutes. */
function within<T>(answer: Promise<T>): Promise<T | Error> {
  const late = Object.assign(new Error(`no answer in ${WAIT_MS / 1000} s`), { code: 'ETIMEOUT' })
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), WAIT_MS)
    answer.then(resolve, (error: Error) => resolve(error)).finally(() => clearTimeout(timer))
  })
}
