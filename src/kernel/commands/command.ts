import type { Settings } from '#env.ts'
import type { Databases } from '#kernel/database/databases.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import type { Network } from '#kernel/fetching/server/fetch-public.ts'
import type { Log } from '#kernel/log/log.ts'

/** What a command is given: enough to act through `act(house, …)`, beside a running server or without one. */
export interface CommandHouse {
  db: Databases
  blobs: Blobs
  log: Log
  clock(): Temporal.Instant
  dataDir: string
  settings: Settings
  /** An address without a pooler between. */
  databaseUrl: string
  /** Where `starter/` and `package.json` stand. */
  programDir: string
  /** One line to the person at the terminal. */
  say(line?: string): void
  /** The network that `--fetch` may reach: the public one, but for tests. */
  network?: Network
}

export interface BarePlace {
  dataDir: string
  programDir: string
  /** Starts the embedded database when there is no other. */
  url(): Promise<string>
  say(line?: string): void
}

export interface CommandOption {
  /** `--why <text>`, or `--publish` alone, which is true when it is given and undefined when not. */
  flag: string
  description: string
  required?: boolean
  /** It may be given several times, and arrives as a list. */
  repeats?: boolean
}

interface Word {
  /** `publish <address>`, `import <...files>`, `site set <key> <value>`. */
  usage: string
  description: string
  options?: CommandOption[]
  examples?: string[]
}

/**
 * A word of `bin/altavoz`. A mistake of the person who typed it is a `Refusal`: one clear sentence, nothing changed,
 * exit code 1.
 */
export interface Command extends Word {
  /** Returns the exit code; undefined is 0. Options arrive by camelCase name. */
  run(house: CommandHouse, words: string[], options: Record<string, unknown>): Promise<number | void>
}

/** A word that runs before anything is migrated or furnished: a restore needs the place empty. */
export interface LoneCommand extends Word {
  runAlone(place: BarePlace, words: string[], options: Record<string, unknown>): Promise<number | void>
}

export type AnyCommand = Command | LoneCommand
