import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { askForDue } from '#kernel/backup/server/due-jobs.ts'
import type { Head, Manifest } from '#kernel/backup/server/container.ts'
import { restore as restoreInto } from '#kernel/backup/server/restore.ts'
import { backupCommand, saw } from '#kernel/commands/backup-commands.ts'
import type { AnyCommand, LoneCommand } from '#kernel/commands/command.ts'
import type { RoomJob } from '#kernel/commands/room.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'

const tell = (line: string) => console.error(`${line} …`)
const identity = { flag: '--identity <keyfile>', description: 'the file with the secret key of age, when the backup is sealed' }
const keyFileOf = ({ identity: file }: Record<string, unknown>) => (file === undefined ? undefined : resolve(String(file)))

const isOf = (head: Head, { site, program }: Manifest) => `a backup of ${site ?? 'a site without a name'}, made ${head.madeAt} by Altavoz ${program}`

const verify: LoneCommand = {
  usage: 'backup verify <file>',
  description: 'restore a backup into a scratch place and compare counts, hashes and the chain of acts',
  options: [identity],
  async runAlone({ say }, [file = ''], options) {
    // Not inside DATA_DIR: the scratch place is a whole installation, which another user may have to reach.
    const folder = await mkdtemp('/var/tmp/altavoz-verify-')
    await chmod(folder, 0o711)
    try {
      const embedded = await startEmbedded(join(folder, 'data'), tell)
      try {
        const { head, manifest } = await restoreInto({ url: embedded.url, blobFolder: join(folder, 'blobs'), tell }, resolve(file), keyFileOf(options))
        say(`ok: ${saw(manifest)}`)
        say(`    ${isOf(head, manifest)}`)
      } finally {
        await embedded.stop()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const restore = (jobs: RoomJob[]): LoneCommand => ({
  usage: 'restore <file>',
  description: 'read a backup into an empty place: a new DATA_DIR, or an empty DATABASE_URL',
  options: [identity],
  async runAlone({ say, url, dataDir }, [file = ''], options) {
    const place = { url: await url(), blobFolder: join(dataDir, 'blobs'), tell }
    const { head, manifest } = await restoreInto(place, resolve(file), keyFileOf(options))
    const asked = await askForDue(place.url, jobs)
    say(`ok: ${saw(manifest)}`)
    say(`    ${isOf(head, manifest)}`)
    if (asked > 0) say(`    ${asked} pieces of work that were waiting are asked for again; the server does them once it runs`)
  },
})

export const backupCommands = (jobs: RoomJob[]): AnyCommand[] => [backupCommand, verify, restore(jobs)]
