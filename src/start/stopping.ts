import type { Log } from '#kernel/log/log.ts'

const ALL_WITHIN_MS = 9500

export interface Stopping {
  /** Things close in the reverse order of their opening. */
  opened(what: string, close: () => Promise<void>): void
}

/** SIGTERM and SIGINT finish what is under way and end the program within ten seconds, whatever hangs. */
export function stopping(log: Log): Stopping {
  const closings: { what: string; close: () => Promise<void> }[] = []
  let isStopping = false

  async function stop() {
    if (isStopping) return
    isStopping = true
    setTimeout(() => {
      log.warning('stopped with work left')
      process.exit(0)
    }, ALL_WITHIN_MS).unref()
    for (const { what, close } of closings) {
      try {
        await close()
      } catch (error) {
        log.error(`closing failed: ${what}`, error)
      }
    }
    process.exit(0)
  }

  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
  return { opened: (what, close) => void closings.unshift({ what, close }) }
}
