import { CompiledQuery } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Tx } from '#kernel/database/tables.ts'
import { type JobIds, writeJobIds } from '#kernel/jobs/job-ids.ts'

export interface SendJobOptions {
  /** The act that asks for the job: both commit together, or neither. */
  tx?: Tx
  startAfter?: Temporal.Instant
}

export interface Jobs {
  send(name: string, ids: JobIds, options?: SendJobOptions): Promise<void>
  work(name: string, handler: (ids: Record<string, string>) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export interface JobsOptions {
  onError?: (error: Error, job?: string) => void
  /** How long a started job may take to end when the program stops. */
  stopWithinMs?: number
}

/** `pg-boss` takes 7 MB and a connection: it is loaded when the first job is sent or worked. */
export function openJobs(url: string, options: JobsOptions = {}): Jobs {
  const onError = options.onError ?? (() => {})
  let boss: Promise<PgBoss> | undefined
  const queues = new Map<string, Promise<void>>()

  async function startBoss(): Promise<PgBoss> {
    const { PgBoss } = await import('pg-boss')
    const starting = new PgBoss({
      connectionString: url, max: 3, application_name: 'altavoz jobs', schedule: false, registerInstance: false,
    })
    starting.on('error', onError)
    return starting.start()
  }

  /** A failure is not remembered, so that the next call tries again. */
  async function withQueue(name: string): Promise<PgBoss> {
    boss ??= startBoss().catch((error) => { boss = undefined; throw error })
    const ready = await boss
    if (!queues.has(name)) {
      const made = ready.createQueue(name, {
        retryLimit: 5, retryBackoff: true, expireInSeconds: 600, deleteAfterSeconds: 24 * 60 * 60,
      })
      queues.set(name, made.catch((error) => { queues.delete(name); throw error }))
    }
    await queues.get(name)
    return ready
  }

  return {
    async send(name, ids, { tx, startAfter } = {}) {
      const written = writeJobIds(ids)
      const ready = await withQueue(name)
      await ready.send(name, written, {
        ...(startAfter && { startAfter: new Date(startAfter.epochMilliseconds) }),
        ...(tx && { db: { executeSql: (text, values) => executeOn(tx, text, values) } }),
      })
    },
    async work(name, handler) {
      const ready = await withQueue(name)
      await ready.work<Record<string, string>>(name, async (jobs) => {
        for (const job of jobs) await handler(job.data).catch((error) => failQuietly(error, name))
      })
    },
    async stop() {
      const ready = await boss?.catch(() => undefined)
      await ready?.stop({ graceful: true, timeout: options.stopWithinMs ?? 5000 })
    },
  }

  /** pg-boss stores what a job threw. A message may hold an address or a text, so only its kind goes into the table. */
  function failQuietly(error: unknown, name: string): never {
    onError(error as Error, name)
    const failure = new Error((error as Error)?.name ?? 'Error')
    failure.stack = ''
    throw failure
  }
}

async function executeOn(tx: Tx, text: string, values: unknown[] = []) {
  const { rows } = await tx.withoutPlugins().executeQuery(CompiledQuery.raw(text, values))
  return { rows }
}
