import { createServer } from 'node:net'

/** A port on loopback that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((ready) => { probe.listen(0, '127.0.0.1', ready) })
  const { port } = probe.address() as { port: number }
  await new Promise((closed) => { probe.close(closed) })
  return port
}
