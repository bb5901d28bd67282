import { createHash } from 'node:crypto'

/** The key of a text whose source gives it neither an id nor an address. */
export const hashKey = (title: string, when: string) => `sha256:${createHash('sha256').update(JSON.stringify([title, when])).digest('hex')}`
