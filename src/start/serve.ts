import { readSettings } from '#env.ts'
import { listenForTags } from '#kernel/database/signal.ts'
import { openHouse } from '#kernel/house.ts'
import { openLog } from '#kernel/log/log.ts'
import { listen } from '#kernel/web/listen.ts'
import { openDatabase } from '#start/open-database.ts'
import { furnish } from '#start/furnish.ts'
import { makeHouse } from '#start/make-house.ts'
import { openFront } from '#start/open-front.ts'
import { stopping } from '#start/stopping.ts'

/** @param program the folder in which build/, starter/ and package.json stand */
export async function serve(program: URL, flags: readonly string[]): Promise<void> {
  const settings = readSettings()
  const clock = () => Temporal.Now.instant()
  const log = openLog(undefined, clock)
  const stop = stopping(log)
  const database = await openDatabase(settings, log, stop)
  const house = await makeHouse(settings, database, log, clock)
  stop.opened('jobs', () => house.jobs.stop())
  await furnish(house, program, !flags.includes('--bare'))
  openHouse(house)

  const hearing = listenForTags(database.directUrl, {
    onTags: (tags) => house.pages.drop(tags),
    onLost: () => house.pages.lose(),
    onBack: () => house.pages.hear(),
  })
  stop.opened('listening for tags', () => hearing.close())

  const answer = await openFront(house, program)
  const listening = await listen(settings.hosts, settings.port, answer)
  stop.opened('requests', () => listening.close(3000))
  console.log(`altavoz ready on ${settings.origins[0]}`)
}
