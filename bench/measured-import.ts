import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const FLOOR = 200

/**
 * Runs `bin/altavoz import` beside a house, and prints at each tenth what it holds and how fast it went until there. Sets the exit
 * code when it misses the floor or a text.
 * @param words of node, `import` and what stands behind it among them
 */
export async function measureImport(dataDir: string, words: string[], items: number): Promise<void> {
  const child = spawn(process.execPath, words, { env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] })
  const mb = (what: string) => Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  let [done, began] = [0, 0]
  const rate = () => (done - 1) / ((performance.now() - began) / 1000)
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('ok ')) continue
    if (done++ === 0) began = performance.now()
    if (done % Math.ceil(items / 10) === 0 && done < items) console.log(`${done}: ${mb('VmRSS').toFixed(0)} MB, at most ${mb('VmHWM').toFixed(0)} MB, ${rate().toFixed(0)}/s`)
  }
  console.log(`${done} of ${items} imported and published: ${rate().toFixed(0)} items/s; floor ${FLOOR}`)
  if (done !== items || rate() < FLOOR) process.exitCode = 1
}
