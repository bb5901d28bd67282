import { readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'

interface Finding {
  what: string
  state: 'good' | 'look' | 'bad'
  says: string
  /** What to do next; absent when there is nothing to do. */
  next?: string
}

const LEAST_FREE = 1_000_000_000
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

async function disk({ dataDir }: CommandHouse): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  if (free >= LEAST_FREE) return { what: 'disk', state: 'good', says: `${gigabytes(free)} free` }
  return { what: 'disk', state: free < LEAST_FREE / 10 ? 'bad' : 'look', says: `${gigabytes(free)} free where DATA_DIR is`, next: 'make room, or move DATA_DIR to a larger disk' }
}

async function clock(house: CommandHouse): Promise<Finding> {
  const { rows } = await sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`.execute(house.db.read as never)
  const here = house.clock()
  const apart = Math.abs(rows[0]!.at.since(here).total('seconds'))
  if (here.toString() < '2026-01-01') return { what: 'clock', state: 'bad', says: `this machine believes it is ${here.toString()}`, next: 'set the clock (timedatectl set-ntp true)' }
  if (apart > 2) return { what: 'clock', state: 'bad', says: `this machine and the database are ${apart.toFixed(0)} s apart`, next: 'set both clocks by NTP: an embargo ends by them' }
  return { what: 'clock', state: 'good', says: here.toString({ smallestUnit: 'second' }) }
}

async function database(house: CommandHouse): Promise<Finding> {
  const { rows } = await sql<{ version: string; encoding: string; bytes: bigint }>`
    select current_setting('server_version') as version, current_setting('server_encoding') as encoding, pg_database_size(current_database()) as bytes`.execute(house.db.read as never)
  const { version, encoding, bytes } = rows[0]!
  return { what: 'database', state: 'good', says: `PostgreSQL ${version}, ${encoding}, ${(Number(bytes) / 1e6).toFixed(0)} MB` }
}

async function versions({ programDir }: CommandHouse): Promise<Finding> {
  const { version } = JSON.parse(await readFile(join(programDir, 'package.json'), 'utf8')) as { version: string }
  const says = `Altavoz ${version}, Node ${process.version}`
  return Number(process.versions.node.split('.')[0]) >= 26 ? { what: 'versions', state: 'good', says } : { what: 'versions', state: 'look', says, next: 'start by bin/, which brings Node 26' }
}

async function site(house: CommandHouse): Promise<Finding> {
  const found = await findSite(house.db.read)
  if (!found) return { what: 'site', state: 'bad', says: 'there is no site yet', next: 'start it once: ./bin/start' }
  if (!found.openedAt) return { what: 'site', state: 'look', says: 'closed: a banner on every page, and no search engine', next: 'when it is ready: ./bin/altavoz open' }
  return found.contact.email ? { what: 'site', state: 'good', says: `open since ${found.openedAt.toString()}` } : { what: 'site', state: 'look', says: 'open, without a contact', next: './bin/altavoz site set contact.email …' }
}

/** The embedded database outlives a killed server on purpose; nobody may be left with a process that nobody named. */
async function server(house: CommandHouse): Promise<Finding> {
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from pg_stat_activity where application_name = 'altavoz house' and datname = current_database()`.execute(house.db.read as never)
  if (Number(rows[0]?.n) > 0) return { what: 'server', state: 'good', says: 'an Altavoz serves this data folder' }
  return { what: 'server', state: 'look', says: 'no Altavoz serves this data folder', next: './bin/start; a database left by a killed server ends with this command' }
}

const CHECKS = { disk, clock, database, versions, site, server }

export const doctor: Command = {
  usage: 'doctor',
  description: 'settings, disk, clock, database, versions: each finding with its next step',
  async run(house) {
    const findings: Finding[] = [{ what: 'settings', state: 'good', says: `all are well formed; DATA_DIR is ${house.dataDir}` }]
    for (const [what, check] of Object.entries(CHECKS)) {
      findings.push(await check(house).catch((error: unknown) => ({ what, state: 'bad' as const, says: `could not be checked: ${error instanceof Error ? error.message : String(error)}`, next: 'look at the log of the server' })))
    }
    for (const { what, state, says, next } of findings) house.say(`${state.padEnd(4)}  ${what.padEnd(9)} ${says}${next ? `\n      → ${next}` : ''}`)
    return findings.some((finding) => finding.state === 'bad') ? 1 : 0
  },
}
