import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Refusal } from '#kernel/database/refusal.ts'

export type Sealer = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** The file format begins so: https://age-encryption.org/v1 */
const SEALED = 'age-encryption.org/v1\n'
const ARMOURED = '-----BEGIN AGE'

/**
 * Seals a stream to public keys of `age`, 64 kB at a time: memory stays flat, and only who has one of the secret keys reads
 * it, not the server that wrote it.
 * @param recipients as `age-keygen` prints them: `age1…`
 */
export async function sealerFor(recipients: string[]): Promise<Sealer> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    if (/^AGE-SECRET-KEY-/i.test(recipient)) {
      throw new Refusal('What follows --seal-to is a secret key, and it may stand in the history of this terminal now: make a new one. A backup is sealed to the public half, which begins with age1.')
    }
    try {
      encrypter.addRecipient(recipient)
    } catch {
      // Not printed back: it may be a part of a secret.
      throw new Refusal('What follows --seal-to is no public key of age. Copy the whole of what age-keygen prints after “public key:”; it begins with age1. Nothing was written.')
    }
  }
  return async function* (bytes) {
    yield* Readable.fromWeb((await encrypter.encrypt(webStream(Readable.from(bytes, { objectMode: false })))) as ReadableStream)
  }
}

/** The bytes of a backup, opened when they are sealed. */
export async function openedBytes(file: string, keyFile: string | undefined): Promise<Readable> {
  const beginning = await readBeginning(file)
  if (beginning.startsWith(ARMOURED)) throw new Refusal(`${file} is sealed and written as text (armoured). Open it by age --decrypt --identity KEYFILE first.`)
  const bytes = createReadStream(file)
  if (!beginning.startsWith(SEALED)) return bytes
  bytes.destroy()
  if (!keyFile) throw new Refusal(`${file} is sealed. Name the file with its secret key: --identity KEYFILE.`)
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const key of await readKeys(keyFile)) decrypter.addIdentity(key)
  const opened = await decrypter.decrypt(webStream(createReadStream(file))).catch((error: Error) => {
    if (/no identity matched/.test(error.message)) throw new Refusal(`No key in ${keyFile} opens ${file}: it was sealed to others.`)
    throw new Refusal(`${file} is damaged or cut off in its first lines. Take another copy.`)
  })
  return Readable.fromWeb(opened as ReadableStream)
}

// Node's type of a web stream and the browser's are one thing with two names.
const webStream = (stream: Readable) => Readable.toWeb(stream) as globalThis.ReadableStream<Uint8Array>

async function readBeginning(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => { throw new Refusal(`${file} cannot be read (${error.code}).`) })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEALED.length), 0, SEALED.length, 0)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } catch (error) {
    throw new Refusal(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  } finally {
    await handle.close()
  }
}

/** A key file as `age-keygen -o KEYFILE` writes it. No line of it is ever printed. */
async function readKeys(keyFile: string): Promise<string[]> {
  const text = await readFile(keyFile, 'utf8').catch((error: NodeJS.ErrnoException) => { throw new Refusal(`The key file ${keyFile} cannot be read (${error.code}).`) })
  if (text.startsWith(SEALED) || text.startsWith(ARMOURED)) throw new Refusal(`The key file ${keyFile} is sealed itself. Open it by age --decrypt first.`)
  const keys = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const { identityToRecipient } = await import('age-encryption')
  const areKeys = await Promise.all(keys.map((key) => identityToRecipient(key).then(() => true, () => false)))
  if (keys.length === 0 || areKeys.includes(false)) {
    throw new Refusal(`${keyFile} is no key file of age: its lines begin with AGE-SECRET-KEY-1, or with # where they are notes.`)
  }
  return keys
}
