import { BlockList, isIP } from 'node:net'

const listOf = (type: 'ipv4' | 'ipv6', networks: string[]) => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/')
    list.addSubnet(address, Number(bits), type)
  }
  return list
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry: what is not on the public network. */
const NOT_PUBLIC_4 = listOf('ipv4', [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24',
  '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '168.63.129.16/32', // a machine of Azure finds its own secrets there
])
/** Only these are given out to the public network; with that fall ::1, fc00::/7, fe80::/10, ff00::/8, ::ffff:0:0/96 and 64:ff9b::/96. */
const GIVEN_OUT_6 = listOf('ipv6', ['2000::/3'])
/** Within them: Teredo, ORCHID and others that carry an IPv4 address or lead nowhere, documentation, 6to4. */
const NOT_PUBLIC_6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address is one of the public network, and none that leads into this machine or its neighbourhood. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4: return !NOT_PUBLIC_4.check(address, 'ipv4')
    // One with a zone (fe80::1%eth0) is of a link.
    case 6: return !address.includes('%') && GIVEN_OUT_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6')
    default: return false
  }
}
