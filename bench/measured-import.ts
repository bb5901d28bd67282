import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const FLOOR = 200

const kilobytesOf = (pid: number | undefined, what: string) => Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

/** Runs a word of bin/altavoz beside a house, and prints how long it took and the most that it held. */
export async function measureWord(dataDir: string, words: string[]): Promise<void> {
  const began = performance.now()
  const child = spawn(process.execPath, words, { env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir }, stdio: ['ignore', 'inherit', 'inherit'] })
  let most = 0
  const watch = setInterval(() => { most = Math.max(most, kilobytesOf(child.pid, 'VmHWM') / 1024) }, 50)
  const [code] = await once(child, 'exit')
  clearInterval(watch)
  console.log(`${words[1]}: ${((performance.now() - began) / 1000).toFixed(1)} s, at most ${most.toFixed(0)} MB`)
  if (code !== 0) process.exitCode = 1
}

/**
 * Runs `bin/altavoz import` beside a house, and prints at each tenth what it holds and how fast it went until there. Sets the exit
 * code when it misses the floor or a text.
 * @param words of node, `import` and what stands behind it among them
 */
export async function measureImport(dataDir: string, words: string[], items: number): Promise<void> {
  const child = spawn(process.execPath, words, { env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] })
  const mb = (what: string) => kilobytesOf(child.pid, what) / 1024
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
