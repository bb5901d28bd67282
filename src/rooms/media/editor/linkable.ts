import { resolve } from '#rooms/media/import/html-address.ts'

/** An address as the house links it: http, https, mailto, tel, or a place of this site; undefined for what readers would not get. */
export const linkable = (address: string): string | undefined => (/^[#/]/.test(address) && !address.startsWith('//') ? address : resolve(address, undefined))

/** What somebody typed as an address: `alianza.org` means a page there, and a bare mailbox a letter to it. */
export function typedAddress(given: string): string | undefined {
  const address = given.trim()
  if (/^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(address)) return linkable(`mailto:${address}`)
  if (/^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#:]\S*)?$/u.test(address)) return linkable(`https://${address}`)
  return /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S+$/i.test(address) ? linkable(address) : undefined
}
