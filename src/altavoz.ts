import { fileURLToPath } from 'node:url'
import { readSettings } from '#env.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { readLine } from '#kernel/commands/run.ts'
import { sealAll } from '#kernel/audit/server/sealer.ts'
import { openLog } from '#kernel/log/log.ts'
import { findAddress, openBesideServer } from '#start/open-beside-server.ts'
import { refusalFor } from '#start/refusals.ts'
import { stopping } from '#start/stopping.ts'
import { wiring } from './wiring.server.ts'

const clock = () => Temporal.Now.instant()

/** The operator's command. Answers with the exit code. */
async function run(line: string[]): Promise<number> {
  const read = readLine(wiring.commands, line)
  if (read.kind === 'help') {
    console.log(read.text)
    return 0
  }
  const settings = readSettings()
  const log = openLog(undefined, clock)
  const stop = stopping(log)
  try {
    const program = new URL('..', import.meta.url)
    const say = (text = '') => console.log(text)
    if ('runAlone' in read.command) {
      const url = async () => (await findAddress(settings, stop)).directUrl
      return (await read.command.runAlone({ dataDir: settings.dataDir, programDir: fileURLToPath(program), url, say }, read.words, read.options)) ?? 0
    }
    const { db, blobs, directUrl } = await openBesideServer(settings, program, stop, clock)
    const house: CommandHouse = {
      db, log, clock, blobs, dataDir: settings.dataDir, settings,
      programDir: fileURLToPath(program), databaseUrl: directUrl, say,
    }
    const code = (await read.command.run(house, read.words, read.options)) ?? 0
    await sealAll(db)
    return code
  } finally {
    await stop.closeAll()
  }
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  const sentence = refusalFor(error)
  console.error(sentence === undefined ? error : `altavoz: ${sentence}`)
  process.exitCode = 1
}
