import { startSealer } from '#kernel/audit/server/sealer.ts'
import { readSettings, type Settings } from '#env.ts'
import { listenForTags } from '#kernel/database/signal.ts'
import { openHouse } from '#kernel/house.ts'
import { startRounds } from '#kernel/jobs/rounds.ts'
import { type Log, openLog } from '#kernel/log/log.ts'
import { pressOfBuild } from '#kernel/print/files.ts'
import { listen } from '#kernel/web/listen.ts'
import { openDatabase } from '#start/open-database.ts'
import { firstLinkLines } from '#start/first-link.ts'
import { furnish } from '#start/furnish.ts'
import { makeHouse } from '#start/make-house.ts'
import { openFront } from '#start/open-front.ts'
import { type Stopping, stopping } from '#start/stopping.ts'
import { wiring } from '../wiring.server.ts'

const clock = () => Temporal.Now.instant()

/** @param program the folder in which build/, starter/ and package.json stand */
export async function serve(program: URL, flags: readonly string[]): Promise<void> {
  const settings = readSettings()
  const log = openLog(undefined, clock)
  const stop = stopping(log)
  try {
    await open(settings, program, flags, log, stop)
  } catch (error) {
    await stop.closeAll()
    throw error
  }
}

async function open(settings: Settings, program: URL, flags: readonly string[], log: Log, stop: Stopping): Promise<void> {
  const database = await openDatabase(settings, log, stop)
  const house = await makeHouse(settings, database, log, clock, pressOfBuild(program))
  stop.opened('the press', () => house.press.stop())
  stop.opened('jobs', () => house.jobs.stop())
  await furnish(house, program, !flags.includes('--bare'))
  openHouse(house)
  for (const job of wiring.jobs) await house.jobs.work(job.name, (ids) => job.work(house, ids))
  const rounds = startRounds(house, wiring.jobs)
  stop.opened('rounds', () => rounds.stop())
  const sealer = startSealer(house.db, log)
  stop.opened('the sealer', () => sealer.stop())

  const hearing = listenForTags(database.directUrl, {
    onTags: (tags) => house.pages.drop(tags),
    onLost: () => house.pages.lose(),
    onBack: () => house.pages.hear(),
  })
  stop.opened('listening for tags', () => hearing.close())

  const answer = await openFront(house, program)
  const listening = await listen(settings.hosts, settings.port, answer)
  stop.opened('requests', () => listening.close(3000))
  for (const line of await firstLinkLines(house)) console.log(line)
  console.log(`altavoz ready on ${settings.origins[0]}`)
}
