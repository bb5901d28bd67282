import { readdir, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'

const MB = 2 ** 20
const LEAST_MB = 64
const MOST_MB = 1024

/** Bytes of memory that this process may have: those of the machine, or fewer where a container sets a limit. */
export const memoryOfMachine = () => Math.min(totalmem(), process.constrainedMemory() || Infinity)

/**
 * What PostgreSQL keeps of its files for itself, as its setting says it: all of an archive, up to a sixteenth of the memory. To set
 * aside more than there is to keep would only make each start slower, by 0.2 s for 1 GB.
 * @param memory bytes
 * @param archive bytes
 */
export function sharedBuffers(memory: number, archive: number): string {
  return `${Math.max(LEAST_MB, Math.min(MOST_MB, Math.floor(memory / 16 / MB), Math.ceil(archive / MB)))}MB`
}

/** Bytes of the youngest database of a cluster, which is the house's; 0 when there is none yet. */
export async function bytesOfArchive(cluster: string): Promise<number> {
  const databases = await readdir(join(cluster, 'base')).catch(() => [])
  const youngest = databases.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b)).at(-1)
  if (!youngest) return 0
  const folder = join(cluster, 'base', youngest)
  const sizes = await Promise.all((await readdir(folder).catch(() => [])).map((name) => stat(join(folder, name)).then(({ size }) => size, () => 0)))
  return sizes.reduce((sum, size) => sum + size, 0)
}
