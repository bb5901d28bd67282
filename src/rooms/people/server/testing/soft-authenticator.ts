// An authenticator in software: it makes and opens passkeys byte for byte as the standard says (WebAuthn, 6 and 7).
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** User present; user verified; new key data attached (WebAuthn, 6.1). */
const UP = 0x01, UV = 0x04, AT = 0x40
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export interface Answering {
  challenge: string
  origin: string
  rpId: string
  isVerified?: boolean
  /** The counter it brings; else one more than the last, where it counts. */
  counter?: number
  type?: string
}

export class SoftAuthenticator {
  readonly id = randomBytes(16)
  readonly publicKey: KeyObject
  #key: KeyObject
  #counter = 0
  counts: boolean

  constructor({ counts = true } = {}) {
    this.counts = counts
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    this.publicKey = publicKey
  }

  /** What the browser sends of a new passkey. @param attestation in the place of none */
  make(asked: Answering, attestation?: { fmt: string; attStmt: Map<string, unknown> }): string {
    const { x, y } = this.publicKey.export({ format: 'jwk' })
    const cose = isoCBOR.encode(new Map<number, never>([[1, 2], [3, -7], [-1, 1], [-2, bytes(x!)], [-3, bytes(y!)]] as [number, never][]))
    const attested = Buffer.concat([Buffer.alloc(16, 7), Buffer.from([0, this.id.length]), this.id, cose])
    const authData = this.#authData(asked, AT, attested)
    const { fmt, attStmt } = attestation ?? { fmt: 'none', attStmt: new Map() }
    const attestationObject = isoCBOR.encode(new Map<string, never>([['fmt', fmt], ['attStmt', attStmt], ['authData', new Uint8Array(authData)]] as [string, never][]))
    return this.#answer({ clientDataJSON: b64(clientData(asked, 'webauthn.create')), attestationObject: b64(attestationObject), transports: ['internal', 'made-up'] })
  }

  /** What the browser sends when it opens. */
  open(asked: Answering): string {
    const authData = this.#authData(asked, 0, Buffer.alloc(0))
    const client = clientData(asked, 'webauthn.get')
    const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), this.#key)
    return this.#answer({ clientDataJSON: b64(client), authenticatorData: b64(authData), signature: b64(signature) })
  }

  #answer(response: object): string {
    return JSON.stringify({ id: b64(this.id), rawId: b64(this.id), type: 'public-key', clientExtensionResults: {}, response })
  }

  #authData({ rpId, isVerified = true, counter }: Answering, flags: number, attested: Buffer): Buffer {
    if (this.counts) this.#counter++
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.#counter)
    return Buffer.concat([sha256(rpId), Buffer.from([UP | (isVerified ? UV : 0) | flags]), count, attested])
  }
}

const bytes = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'))
const clientData = ({ challenge, origin, type }: Answering, usual: string) => Buffer.from(JSON.stringify({ type: type ?? usual, challenge, origin, crossOrigin: false }))
