import { createHash } from 'node:crypto'
import type { PressContact } from '#kernel/site/press-contact.ts'

const hash = (said: unknown) => createHash('sha256').update(JSON.stringify(said)).digest('hex')

/** Tells one state of a contact from another, in whatever order its names stand. */
export const contactMark = ({ channel, who, languages, hours }: PressContact): string =>
  hash([channel, Object.entries(who).sort(([a], [b]) => (a < b ? -1 : 1)), languages, hours && [hours.days, hours.from, hours.to, hours.zone]])

/** Names a contact in an address: a number in one would stand in the history of a browser. */
export const contactKey = (channel: string): string => hash(channel).slice(0, 16)
