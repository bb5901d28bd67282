import type { House } from '#kernel/house.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Command } from '#kernel/commands/command.ts'

export type JobHouse = Pick<House, 'db' | 'blobs' | 'log' | 'clock' | 'jobs'> & { pages?: House['pages'] }

/** Work that happens later. It is given ids only, never an address, a token or a text: finished jobs stay for days. */
export interface RoomJob {
  name: string
  work(house: House, ids: Record<string, string>): Promise<void>
}

/** Content that a new installation begins with. `load` runs once, in the transaction of the first start. */
export interface Starter {
  name: string
  /** Also loaded by `--bare`: no site can do without it. */
  isNeeded?: boolean
  /** `folder` is the absolute path of `starter/`. */
  load(tx: Tx, folder: string, now: Temporal.Instant): Promise<void>
  /** `starter remove`: takes away what nobody has made their own, announces its tags, returns how many things it was. */
  remove?(tx: Tx, now: Temporal.Instant): Promise<number>
}

/** Something that goes on for as long as the house stands. */
export type Watch = (house: JobHouse) => { stop(): Promise<void> | void }

/** What a room plugs into the house; its own pages stand in `src/routes`. */
export interface Room {
  name: string
  jobs?: RoomJob[]
  commands?: Command[]
  starters?: Starter[]
  watches?: Watch[]
}
