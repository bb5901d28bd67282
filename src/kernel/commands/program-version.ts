import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @param programDir where `package.json` stands */
export async function programVersion(programDir: string): Promise<string> {
  return (JSON.parse(await readFile(join(programDir, 'package.json'), 'utf8')) as { version: string }).version
}
