/**
 * One plain address, or undefined. A line break would add a header, a comma or an angle bracket another reader, and what
 * is quoted or has no dot in its domain is more often a slip than an address.
 */
export function addressIn(typed: string): string | undefined {
  const address = typed.trim()
  return address.length <= 254 && /^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,63}$/.test(address) && !/\.\.|^-/.test(address) ? address : undefined
}
