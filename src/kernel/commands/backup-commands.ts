import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { backUp } from '#kernel/backup/server/backup.ts'
import type { Manifest } from '#kernel/backup/server/container.ts'
import { restore as restoreInto } from '#kernel/backup/server/restore.ts'
import type { Command } from '#kernel/commands/command.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'

const tell = (line: string) => console.error(`${line} …`)

function saw({ tables, blobs, audit }: Manifest): string {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  return `${rows} rows in ${Object.keys(tables).length} tables, ${Object.keys(blobs).length} files, head of the acts ${audit ?? 'none'}`
}

const backup: Command = {
  usage: 'backup <file>',
  description: 'write everything into one file, while serving',
  async run(house, [file = '']) {
    const manifest = await backUp({ url: house.databaseUrl, blobFolder: join(house.dataDir, 'blobs'), now: house.clock() }, resolve(file))
    house.say(`ok: ${saw(manifest)}`)
  },
}

const verify: Command = {
  usage: 'backup verify <file>',
  description: 'restore a backup into a scratch place and compare counts, hashes and the chain of acts',
  async run() { throw new Error('runs before a place is opened') },
  async runAlone({ say }, [file = '']) {
    // Not inside DATA_DIR: the scratch place is a whole installation, which another user may have to reach.
    const folder = await mkdtemp('/var/tmp/altavoz-verify-')
    await chmod(folder, 0o711)
    try {
      const embedded = await startEmbedded(join(folder, 'data'), tell)
      try {
        say(`ok: ${saw(await restoreInto({ url: embedded.url, blobFolder: join(folder, 'blobs'), tell }, resolve(file)))}`)
      } finally {
        await embedded.stop()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const restore: Command = {
  usage: 'restore <file>',
  description: 'read a backup into an empty place: a new DATA_DIR, or an empty DATABASE_URL',
  async run() { throw new Error('runs before a place is opened') },
  async runAlone({ say, url, dataDir }, [file = '']) {
    say(`ok: ${saw(await restoreInto({ url: await url(), blobFolder: join(dataDir, 'blobs'), tell }, resolve(file)))}`)
  },
}

export const backupCommands: Command[] = [backup, verify, restore]
