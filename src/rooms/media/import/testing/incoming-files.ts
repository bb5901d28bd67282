import { readFileSync } from 'node:fs'
import type { Incoming, IncomingText, Reader } from '#rooms/media/import/incoming.ts'

export const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url))

/** In pieces of an odd size, so that no reader relies on where a piece ends. */
async function* pieces(bytes: Uint8Array, size = 97) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function readAll(reader: Reader, given: string | Uint8Array, name = 'file', size?: number): Promise<Incoming[]> {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given
  return Array.fromAsync(reader(pieces(bytes, size), name), (found) => found.read())
}

export const textsOf = (all: Incoming[]): IncomingText[] => all.flatMap((one) => ('text' in one ? [one.text] : []))
export const refusalsOf = (all: Incoming[]) => all.flatMap((one) => ('unreadable' in one ? [one.unreadable] : []))
/** Texts as one file, to be compared with the expected one. */
export const printed = (all: Incoming[]) => textsOf(all).map(({ title, teaser, bodyMarkdown }) => `${title}\n=====\n${teaser}\n-----\n${bodyMarkdown}\n`).join('\n')
