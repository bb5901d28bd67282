import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The folder of everything that this installation keeps, closed to others. Its parents keep the modes they have. */
export async function makeDataFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await mkdir(path, { mode: 0o700 }).catch(async (error: NodeJS.ErrnoException) => {
    // Its own second look tells a folder from a file.
    if (error.code === 'EEXIST') await mkdir(path, { recursive: true })
    else throw error
  })
}
