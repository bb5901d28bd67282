import type { JobHouse, RoomJob } from '#kernel/commands/room.ts'

const EVERY_MS = 60_000

/**
 * Asks each minute what the rows say is due, on every server that is up: the first that claims a row sends its job. A
 * round that fails is tried again in the next.
 */
export function startRounds(house: JobHouse, jobs: readonly RoomJob[], everyMs = EVERY_MS): { stop(): Promise<void> } {
  const rounds = jobs.flatMap(({ name, round }) => (round ? [{ name, round }] : []))
  let isStopped = false
  let going = Promise.resolve()
  const go = async () => {
    for (const { name, round } of rounds) {
      if (!isStopped) await round(house).catch((error: unknown) => house.log.error('round failed', error, { job: name }))
    }
  }
  const goAfterTheLast = () => void (going = going.then(go))
  goAfterTheLast()
  const timer = setInterval(goAfterTheLast, everyMs)
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await going
    },
  }
}
