import type { Site } from '#kernel/site/site.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import type { Person } from '#kernel/viewer/viewer.ts'
import { drafts } from './waiting/drafts.ts'
import { ending } from './waiting/ending-invitations.ts'
import { fewCodes } from './waiting/few-codes.ts'
import { notes } from './waiting/notes.ts'
import { opening } from './waiting/opening.ts'
import { recognitions } from './waiting/recognitions.ts'
import { recoveries } from './waiting/recoveries.ts'

export interface Asking {
  db: ReadDb
  now: Temporal.Instant
  person: Person
  site: Site
  lang: string
}

/** One thing that waits for somebody, in her language. */
export interface Waiting {
  what: string
  about: string
  /** The day until when. */
  until?: string
  /** The page where she can do it, and the words that lead there. */
  way: { href: string; text: string }
}

/** What can wait for somebody: each asks its own room, and answers only what this person may do. */
const SOURCES: ((asking: Asking) => Promise<Waiting[]>)[] = [recoveries, opening, recognitions, notes, drafts, ending, fewCodes]

/** What presses most stands first: the sources are in that order. */
export const listWaiting = async (asking: Asking): Promise<Waiting[]> => (await Promise.all(SOURCES.map((source) => source(asking)))).flat()
