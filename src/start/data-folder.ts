import { mkdir } from 'node:fs/promises'

/** The folder of everything that this installation keeps. Its parents keep the modes they have. */
export async function makeDataFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
}
