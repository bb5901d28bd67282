import { createHash } from 'node:crypto'

/**
 * The UUIDv5 of a name within a namespace (RFC 9562, 5.5): the same two give the same id for ever, and other two another.
 * For naming, never for keeping a secret: whoever knows both can make it too.
 * @param namespace a UUID
 */
export function namedId(namespace: string, name: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(namespace)) throw new Error(`“${namespace}” is not a UUID`)
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
