import type { RoomJob } from '#kernel/commands/room.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'

/** Asks anew for the work that the rows of a restored place say is still to do. Returns how many jobs that are. */
export async function askForDue(url: string, jobs: RoomJob[]): Promise<number> {
  const db = await openDatabases({ url, readConnections: 1, writeConnections: 1 })
  const queue = openJobs(url)
  let asked = 0
  try {
    for (const { name, listDue } of jobs) {
      for await (const { ids, startAfter } of listDue?.(db.read) ?? []) {
        await queue.send(name, ids, startAfter ? { startAfter } : {})
        asked++
      }
    }
    return asked
  } finally {
    await queue.stop()
    await db.close()
  }
}
