import { randomUUID, randomUUIDv7 } from 'node:crypto'

// Ids are made on the server only.

/**
 * A UUIDv7: ordered by the moment it was made, and telling it. For things whose time may be known, never for reports,
 * subscribers, signers or ballots.
 */
export const newId = (): string => randomUUIDv7()

/** A random UUIDv4: tells neither when nor in which order. */
export const newSecretId = (): string => randomUUID()

export const isId = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)
