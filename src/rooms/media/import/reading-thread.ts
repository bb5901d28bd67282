import { createReadStream } from 'node:fs'
import { answerQuestions, giveSign } from '#kernel/threads/answering.ts'
import type { Found } from '#rooms/media/import/incoming.ts'
import { readerOf } from '#rooms/media/import/readers.ts'
import type { ReadingSign, Sent, ToRead } from '#rooms/media/import/reading-apart.ts'

const SIGN_EVERY = 1_000_000
const sign = (said: ReadingSign) => giveSign(said)

/** The bytes of a file, with a sign for every megabyte of it. */
async function* counted(path: string): AsyncGenerator<Uint8Array> {
  let [bytes, told] = [0, 0]
  for await (const piece of createReadStream(path, { highWaterMark: 262_144 })) {
    bytes += (piece as Buffer).length
    if (bytes - told >= SIGN_EVERY) sign({ bytes: (told = bytes) })
    yield piece as Buffer
  }
  sign({ bytes })
}

let texts: AsyncIterator<Found> | undefined

async function open({ path, name, kind, toPass }: ToRead) {
  texts = readerOf(kind)(counted(path), name)[Symbol.asyncIterator]()
  for (let n = 0; n < toPass; n++) await texts.next()
}

answerQuestions(async (toOpen: ToRead | null): Promise<Sent> => {
  if (toOpen) await open(toOpen)
  const next = await texts!.next()
  if (next.done) return undefined
  sign({ begins: next.value.place })
  const read = await next.value.read()
  // Temporal does not pass from thread to thread.
  return 'text' in read ? { text: { ...read.text, publicFrom: read.text.publicFrom?.toString() } } : read
})
