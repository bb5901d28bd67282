import { randomInt } from 'node:crypto'

/** A short number that a reader can read out over the phone; it names one line of the log and nothing about the reader. */
export function newReference(): string {
  return `${randomInt(1000, 10_000)}-${randomInt(1000, 10_000)}`
}
