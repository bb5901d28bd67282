import { listMadeBackups } from '#kernel/backup/server/made-backups.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { type Finding, good, look } from '#kernel/commands/doctor-finding.ts'

const OLD_HOURS = 48

/** How old the last good backup is. */
export async function backup({ dataDir, clock }: Pick<CommandHouse, 'dataDir' | 'clock'>): Promise<Finding> {
  const last = (await listMadeBackups(dataDir)).at(-1)
  if (!last) return look('no backup of this data folder was made yet', './bin/altavoz backup --to FOLDER, best each night (docs/operate.md, Backup)')
  const hours = Math.round(clock().since(Temporal.Instant.from(last.madeAt)).total('hours'))
  const age = hours < 1 ? 'less than an hour ago' : hours < OLD_HOURS ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`
  const says = `the last was made ${age}${last.isSealed ? ', sealed' : ''}: ${last.file}`
  if (hours <= OLD_HOURS) return good(says)
  return look(says, 'make one now: ./bin/altavoz backup --to FOLDER; where a timer makes them: systemctl status altavoz-backup.timer')
}
