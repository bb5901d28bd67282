import type { Log } from '#kernel/log/log.ts'

const ALL_WITHIN_MS = 9500

export interface Stopping {
  /** Things close in the reverse order of their opening. */
  opened(what: string, close: () => Promise<void>): void
  /** For a start that cannot go on: nothing that it began may stay behind. */
  closeAll(): Promise<void>
}

/** SIGTERM and SIGINT finish what is under way and end the program within ten seconds, whatever hangs. */
export function stopping(log: Log): Stopping {
  const closings: { what: string; close: () => Promise<void> }[] = []
  let isStopping = false

  async function closeAll() {
    for (let one = closings.shift(); one; one = closings.shift()) {
      try {
        await one.close()
      } catch (error) {
        log.error(`closing failed: ${one.what}`, error)
      }
    }
  }

  async function stop() {
    if (isStopping) return
    isStopping = true
    setTimeout(() => {
      log.warning('stopped with work left')
      process.exit(0)
    }, ALL_WITHIN_MS).unref()
    await closeAll()
    process.exit(0)
  }

  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
  return { opened: (what, close) => void closings.unshift({ what, close }), closeAll }
}
