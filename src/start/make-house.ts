import { AsyncLocalStorage } from 'node:async_hooks'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '#env.ts'
import { openBlobs } from '#kernel/blobs/server/blobs.ts'
import type { House } from '#kernel/house.ts'
import { openJobs } from '#kernel/jobs/jobs.ts'
import type { Log } from '#kernel/log/log.ts'
import { Gate } from '#kernel/page-cache/gate.ts'
import { openMail } from '#kernel/mail/server/mail.ts'
import { PageCache } from '#kernel/page-cache/page-cache.ts'
import type { Reading } from '#kernel/page-cache/reading.ts'
import { Remembered } from '#kernel/page-cache/remembered.ts'
import { openPress } from '#kernel/print/press.ts'
import type { PressFiles } from '#kernel/print/job.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { SITE_TAG } from '#kernel/site/site.ts'
import { clearDropped } from '#rooms/media/server/dropped-file.ts'
import type { OpenDatabase } from '#start/open-database.ts'
import { mayShowBlob } from '#wiring/shown-blobs.ts'

/** Enough waiting renders for a rush, few enough that the last one is answered within some seconds. */
const MOST_WAITING = 256

export async function makeHouse(
  settings: Settings, { db, directUrl }: OpenDatabase, log: Log, clock: () => Temporal.Instant, printing: PressFiles,
): Promise<House> {
  const reading = new AsyncLocalStorage<Reading>()
  const site = new Remembered(async () => {
    const found = await findSite(db.read)
    if (!found) throw new Error('this installation has no site yet')
    return found
  }, [SITE_TAG], reading)
  const pages = new PageCache({
    clock: () => Date.now(),
    gate: new Gate(2 * availableParallelism(), MOST_WAITING),
    companions: [site],
  })
  await clearDropped(settings.dataDir)
  return {
    settings, db, pages, log, clock, reading, site,
    jobs: openJobs(directUrl, { onError: (error, job) => log.error('job failed', error, { job }) }),
    mail: settings.smtpUrl === undefined ? undefined : openMail(settings.smtpUrl, settings.origins[0]!),
    press: openPress(printing, { onComplaint: (template, complaints) => log.warning('printed with less', { template, message: complaints[0] }) }),
    blobs: await openBlobs(db, join(settings.dataDir, 'blobs')),
    mayShowBlob: (hash) => mayShowBlob(db.read, hash, clock()),
  }
}
