/** A file of an export that cannot be taken back, and why. Its item is left out, and the rest goes on. */
export class NotAsWritten extends Error {
  override name = 'NotAsWritten'
}
