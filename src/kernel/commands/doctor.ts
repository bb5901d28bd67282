import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import '#kernel/blobs/server/tables.ts'
import { listNameless } from '#kernel/blobs/server/sweep.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { backup } from '#kernel/commands/doctor-backup.ts'
import { dns } from '#kernel/commands/doctor-dns.ts'
import { type Finding, good } from '#kernel/commands/doctor-finding.ts'
import { mail } from '#kernel/commands/doctor-mail.ts'
import { permissions } from '#kernel/commands/doctor-permissions.ts'
import { type DatabaseState, findDatabaseState, listNamedFiles } from '#kernel/commands/doctor-queries.ts'
import { tls } from '#kernel/commands/doctor-tls.ts'
import { programVersion } from '#kernel/commands/program-version.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'

type Check = (house: CommandHouse, database: DatabaseState) => Finding | Promise<Finding>

const LEAST_FREE = 1_000_000_000
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

async function disk({ dataDir }: CommandHouse): Promise<Finding> {
  const probe = join(dataDir, `.doctor-${process.pid}`)
  try {
    await writeFile(probe, 'x', { flush: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { state: 'bad', says: `DATA_DIR cannot be written (${code})`, next: 'give this user the right to, or free some space' }
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
  const { bavail, bsize, ffree, files } = await statfs(dataDir)
  const free = bavail * bsize
  // Some file systems make places for files as they need them and say 0 of 0.
  if (files > 0 && ffree < 1000) return { state: 'bad', says: `room for ${ffree} more files only`, next: 'delete old files, or move DATA_DIR to another disk' }
  if (free >= LEAST_FREE) return good(`${gigabytes(free)} free`)
  const next = 'make room, or move DATA_DIR to a larger disk'
  return { state: free < LEAST_FREE / 10 ? 'bad' : 'look', says: `${gigabytes(free)} free where DATA_DIR is`, next }
}

function clock(house: CommandHouse, { at }: DatabaseState): Finding {
  const here = house.clock()
  const apart = Math.abs(at.since(here).total('seconds'))
  if (here.toString() < '2026-01-01') {
    return { state: 'bad', says: `this machine believes it is ${here.toString()}`, next: 'set the clock (timedatectl set-ntp true)' }
  }
  if (apart > 2) {
    return { state: 'bad', says: `this machine and the database are ${apart.toFixed(0)} s apart`, next: 'set both clocks by NTP: an embargo ends by them' }
  }
  return good(here.toString({ smallestUnit: 'second' }))
}

function database(_: CommandHouse, { version, encoding, bytes, fsync, fullPageWrites }: DatabaseState): Finding {
  const says = `PostgreSQL ${version}, ${encoding}, ${(Number(bytes) / 1e6).toFixed(0)} MB`
  const off = [fsync === 'on' ? '' : 'fsync', fullPageWrites === 'on' ? '' : 'full_page_writes'].filter(Boolean)
  if (off.length === 0) return good(says)
  return { state: 'bad', says: `${says}; ${off.join(' and ')} is off: a power cut loses data`, next: `set ${off.join(' and ')} = on in postgresql.conf` }
}

async function versions({ programDir }: CommandHouse): Promise<Finding> {
  const says = `Altavoz ${await programVersion(programDir)}, Node ${process.version}`
  if (Number(process.versions.node.split('.')[0]) >= 26) return good(says)
  return { state: 'look', says, next: 'start it by bin/, which brings Node 26' }
}

async function site(house: CommandHouse): Promise<Finding> {
  const found = await findSite(house.db.read)
  if (!found) return { state: 'bad', says: 'there is no site yet', next: 'start it once: ./bin/start' }
  const unnamed = found.names[found.defaultLanguage] === undefined
  if (unnamed) return { state: 'look', says: 'it has no name yet', next: `./bin/altavoz site set name.${found.defaultLanguage} "…"` }
  if (!found.openedAt) return { state: 'look', says: 'closed: a banner on every page, and no search engine', next: 'when it is ready: ./bin/altavoz open' }
  if (!found.contact.email) return { state: 'look', says: 'open, without a contact', next: './bin/altavoz site set contact.email …' }
  return good(`open since ${found.openedAt.toString({ smallestUnit: 'second' })}`)
}

/** Whoever uses the program over a network has a right to its source, changes included (AGPL, section 13). */
async function source(house: CommandHouse): Promise<Finding> {
  const found = await findSite(house.db.read)
  if (found?.source) return good(found.source)
  if (!found?.openedAt) return good('not named yet; readers are told where it is once the site is open')
  const next = './bin/altavoz site set source https://…'
  return { state: 'look', says: 'no page says where the source code of this program is, as its licence asks (AGPL, section 13)', next }
}

/** The embedded database outlives a killed server, so that the next start finds it; nobody may wonder what it is. */
function server(house: CommandHouse, { servers, present, startedAt }: DatabaseState): Finding {
  if (servers > 0n) return good('an Altavoz serves this data folder')
  const ownStart = house.clock().subtract({ milliseconds: Math.round(performance.now()) })
  if (present === 1n && Temporal.Instant.compare(startedAt, ownStart) < 0) {
    return { state: 'look', says: 'a killed server left its database running; this command ends it when it is done', next: './bin/start' }
  }
  return { state: 'look', says: 'no Altavoz serves this data folder', next: './bin/start' }
}

async function files(house: CommandHouse): Promise<Finding> {
  let named = 0
  const onDisk = new Set<string>()
  for await (const hash of house.blobs.listStored()) onDisk.add(hash)
  const missing: string[] = []
  for await (const hash of listNamedFiles(house.db.read)) {
    named++
    if (!onDisk.has(hash)) missing.push(hash)
  }
  if (missing.length > 0) {
    const next = `take them from the last backup into DATA_DIR/blobs/${missing[0]!.slice(0, 2)}/`
    return { state: 'bad', says: `${missing.length} of ${named} files are missing, first ${missing[0]}`, next }
  }
  let nameless = 0
  for await (const _ of listNameless(house)) nameless++
  return good(`${named} files${nameless > 0 ? `, and ${nameless} that nothing shows: they go with the next sweep` : ''}`)
}

const CHECKS: Record<string, Check> = { disk, permissions, clock, database, versions, server, files, backup, site, source }
/** Each asks somebody else, within some seconds. */
const NETWORK_CHECKS: Record<string, Check> = { dns, tls, mail }

export const doctor: Command = {
  usage: 'doctor',
  description: 'settings, disk, clock, database, versions, names, certificate, mail: each finding with its next step',
  options: [{ flag: '--offline', description: 'ask neither name servers nor the site itself nor the mail server' }],
  async run(house, _words, { offline }) {
    const say = (what: string, { state, says, next }: Finding) =>
      house.say(`${state.padEnd(4)}  ${what.padEnd(11)} ${says}${next ? `\n      → ${next}` : ''}`)
    say('settings', good(`all are well formed; DATA_DIR is ${house.dataDir}`))
    const state = await findDatabaseState(house.db.read)
    let isWell = true
    for (const [what, check] of Object.entries(offline ? CHECKS : { ...CHECKS, ...NETWORK_CHECKS })) {
      const finding = await tried(check, house, state)
      say(what, finding)
      isWell &&= finding.state !== 'bad'
    }
    return isWell ? 0 : 1
  },
}

async function tried(check: Check, house: CommandHouse, state: DatabaseState): Promise<Finding> {
  try {
    return await check(house, state)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { state: 'bad', says: `could not be checked: ${why}`, next: 'look at the log of the server' }
  }
}
