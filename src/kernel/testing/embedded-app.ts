/** A small program that uses the embedded database of the folder named to it, for tests that kill it. */
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'

try {
  const embedded = await startEmbedded(process.argv[2] ?? '')
  process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)))
  console.log(JSON.stringify({ url: embedded.url, pid: embedded.pid(), adopted: embedded.adopted }))
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
