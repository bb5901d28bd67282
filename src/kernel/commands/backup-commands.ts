import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type Keep, nameOfBackup } from '#kernel/backup/rotation.ts'
import { backUp } from '#kernel/backup/server/backup.ts'
import type { Manifest } from '#kernel/backup/server/container.ts'
import { noteBackup, removeSuperseded } from '#kernel/backup/server/made-backups.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { programVersion } from '#kernel/commands/program-version.ts'
import { Refusal } from '#kernel/database/refusal.ts'

export function saw({ tables, blobs, audit }: Manifest): string {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  return `${rows} rows in ${Object.keys(tables).length} tables, ${Object.keys(blobs).length} files, head of the acts ${audit ?? 'none'}`
}

export const backupCommand: Command = {
  usage: 'backup [file]',
  description: 'write everything into one file, while serving',
  options: [
    { flag: '--to <folder>', description: 'a file of today in that folder, read back after it was written' },
    { flag: '--keep-daily <n>', description: 'then remove older ones: keep the newest of each of n days' },
    { flag: '--keep-weekly <n>', description: 'and of n weeks' },
    { flag: '--keep-monthly <n>', description: 'and of n months; the last one always stays' },
    { flag: '--seal-to <key>', description: 'seal it to this public key of age (age1…); again for each who may open it', repeats: true },
  ],
  examples: [
    'backup /safe/before-the-update.backup',
    'backup --to /safe --keep-daily 7 --keep-weekly 4 --keep-monthly 12',
    'backup --to /safe --seal-to age1…',
  ],
  async run(house, [file], options) {
    const { to, sealTo = [] } = options as { to?: string; sealTo?: string[] }
    const keep = keepOf(options)
    if ((file === undefined) === (to === undefined)) throw new Refusal('Name either a new file, or a folder by --to. Nothing was written.')
    if (keep && to === undefined) throw new Refusal('--keep-daily, --keep-weekly and --keep-monthly belong to --to FOLDER. Nothing was written.')
    const isSealed = sealTo.length > 0
    const now = house.clock()
    const target = to === undefined ? await settled(file!) : join(await folderFor(house, to), nameOfBackup(now, isSealed))
    const source = { url: house.databaseUrl, blobFolder: join(house.dataDir, 'blobs'), now, program: await programVersion(house.programDir) }
    const { manifest, bytes, sha256 } = await backUp(source, target, { isReadBack: to !== undefined, sealTo })
    await noteBackup(house.dataDir, { file: target, madeAt: now.toString(), bytes, sha256, isSealed })
    house.say(`ok: ${saw(manifest)}`)
    if (to !== undefined) house.say(`    ${target}, ${bytes} bytes${isSealed ? ', sealed' : ''}`)
    if (keep) await thinOut(house, target, keep)
  },
}

async function thinOut(house: CommandHouse, last: string, keep: Keep): Promise<void> {
  const { removed, foreign } = await removeSuperseded(house.dataDir, last, keep)
  for (const name of removed) house.say(`    removed ${name}`)
  if (foreign > 0) house.say(`    left alone: ${foreign} of a like name that this data folder did not make, or that were changed`)
}

/** Undefined when nothing is to be removed. */
function keepOf(options: Record<string, unknown>): Keep | undefined {
  const given = { daily: options.keepDaily, weekly: options.keepWeekly, monthly: options.keepMonthly }
  if (Object.values(given).every((value) => value === undefined)) return undefined
  const numbers = Object.entries(given).map(([rule, value = '0']) => {
    if (!/^\d{1,4}$/.test(String(value))) throw new Refusal(`--keep-${rule} takes a whole number, such as 7. Nothing was written.`)
    return [rule, Number(value)] as const
  })
  return Object.fromEntries(numbers) as unknown as Keep
}

/** Where a name leads, links followed: the list of backups tells files by it. */
async function settled(file: string): Promise<string> {
  const folder = await realpath(dirname(resolve(file))).catch(() => dirname(resolve(file)))
  return join(folder, resolve(file).slice(dirname(resolve(file)).length))
}

async function folderFor(house: CommandHouse, to: string): Promise<string> {
  const folder = await realpath(resolve(to)).catch(() => undefined)
  if (!folder || !(await lstat(folder)).isDirectory()) throw new Refusal(`There is no folder ${to}. Make it first, best on another disk; nothing was written.`)
  const way = relative(await realpath(house.dataDir), folder)
  if (!way.startsWith('..')) throw new Refusal(`${to} lies inside DATA_DIR and would be lost with it. Name a folder elsewhere, best on another disk; nothing was written.`)
  return folder
}
