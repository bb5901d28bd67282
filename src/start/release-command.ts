import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { LoneCommand } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** The work is done by a tool of the checkout, which needs the packages that build: a release itself holds neither. */
export const releaseCommand: LoneCommand = {
  usage: 'release <folder>',
  description: 'make an archive of the built program that starts without installing and building',
  options: [{ flag: '--dirty', description: 'also when the checkout holds changes that are not committed; they are left out' }],
  examples: ['release /var/tmp/release'],
  async runAlone({ programDir }, [folder = ''], { dirty }) {
    const tool = join(programDir, 'tools/release.ts')
    if (!existsSync(tool)) throw new Refusal('This is a release already. One is made in a checkout of the source.')
    const { status } = spawnSync(process.execPath, [tool, resolve(folder), ...(dirty ? ['--dirty'] : [])], { cwd: programDir, stdio: 'inherit' })
    return status ?? 1
  },
}
