import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandHouse } from '#kernel/commands/command.ts'

/** The report as a file that only its owner reads: titles of drafts stand in it. */
export function keepReport(house: CommandHouse, lines: string[]): void {
  const folder = join(house.dataDir, 'imports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${house.clock().toString().replaceAll(':', '-')}.txt`)
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  house.say(`the report: ${file}`)
}

/** How far it is, on a terminal: once a second at most. */
export function showCount(): { count(): void; end(): void } {
  let [done, told] = [0, 0]
  if (!process.stderr.isTTY) return { count: () => {}, end: () => {} }
  return {
    count() {
      done++
      if (performance.now() - told < 1000) return
      told = performance.now()
      process.stderr.write(`\r${done} texts …`)
    },
    end: () => { if (done > 0) process.stderr.write('\r\x1b[K') },
  }
}
