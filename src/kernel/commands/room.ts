import type { House } from '#kernel/house.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { Mail } from '#kernel/mail/server/mail.ts'
import type { JobIds } from '#kernel/jobs/job-ids.ts'
import type { Command } from '#kernel/commands/command.ts'

/** What a job may use: the server's house, or the little of it that a test has. */
export type JobHouse = Pick<House, 'db' | 'blobs' | 'jobs' | 'log' | 'clock'> & { pages?: Pick<House['pages'], 'drop'>; mail?: Mail | undefined }

/** Work that happens later. It is given ids only, never an address, a token or a text: finished jobs stay for days. */
export interface RoomJob {
  name: string
  work(house: JobHouse, ids: Record<string, string>): Promise<void>
  /**
   * What the rows say is still to do. A backup holds rows and no jobs: after a restore these are asked for anew. A job
   * without it must not matter when it is lost.
   */
  listDue?(db: ReadDb): AsyncIterable<DueJob>
  /** Asked once a minute on each server that is up: sends the jobs that rows say are due by now. */
  round?(house: JobHouse): Promise<unknown>
}

export interface DueJob { ids: JobIds; startAfter?: Temporal.Instant }

/** Where starter content comes from, and where its files go. */
export interface StarterHouse {
  /** The absolute path of `starter/`. */
  folder: string
  blobs: Pick<House['blobs'], 'write'>
}

/** Content that a new installation begins with. `load` runs once, in the transaction of the first start. */
export interface Starter {
  name: string
  /** Also loaded by `--bare`: no site can do without it. */
  isNeeded?: boolean
  load(tx: Tx, house: StarterHouse, now: Temporal.Instant): Promise<void>
  /** `starter remove`: takes away what is still as it was loaded; returns how many things. */
  remove(tx: Tx, now: Temporal.Instant): Promise<number>
}

/** What a room plugs into the house; its own pages stand in `src/routes`. */
export interface Room {
  name: string
  jobs?: RoomJob[]
  commands?: Command[]
  starters?: Starter[]
}
