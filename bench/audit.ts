// Promise: acts are not slowed by the chain of the audit log: acts a second while the sealer chains them, beside acts a second
// without it, in interleaved slices of SECONDS, CLIENTS at a time, fsync on; and how far the sealer is behind at the end of each.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { record } from '#kernel/audit/server/audit.ts'
import { sealAll, startSealer } from '#kernel/audit/server/sealer.ts'
import { verifyChain } from '#kernel/audit/server/verify.ts'
import { openDatabases } from '#kernel/database/databases.ts'
import { startEmbedded } from '#kernel/database/embedded/embedded.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { openLog } from '#kernel/log/log.ts'
import { median, printMachine } from './house.ts'

const SECONDS = Number(process.env.SECONDS ?? 5)
const ROUNDS = Number(process.env.ROUNDS ?? 5)
const CLIENTS = Number(process.env.CLIENTS ?? 8)

printMachine()
const folder = await mkdtemp('/var/tmp/altavoz-bench-audit-')
// As root, the unprivileged user that runs the server must pass through.
await chmod(folder, 0o711)
const embedded = await startEmbedded(`${folder}/data`)
await migrate(embedded.url)
const db = await openDatabases({ url: embedded.url })
const log = openLog((line) => console.error(line), () => Temporal.Now.instant())

async function actsASecond(): Promise<number> {
  const began = performance.now()
  let acts = 0
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (performance.now() - began < SECONDS * 1000) {
      await db.transaction((tx) => record(tx, { actor: 'operator', act: 'name-topic', subject: `topic:${acts++}` }, Temporal.Now.instant()))
    }
  }))
  return (acts * 1000) / (performance.now() - began)
}

try {
  await actsASecond()
  await sealAll(db)
  const ratios: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const without = await actsASecond()
    await sealAll(db)
    const sealer = startSealer(db, log)
    const beside = await actsASecond()
    const { unsealed } = await verifyChain(db.read)
    await sealer.stop()
    await sealAll(db)
    ratios.push(beside / without)
    console.log(`round ${round}: ${without.toFixed(0)} acts/s without the sealer, ${beside.toFixed(0)} beside it; ${unsealed} not sealed at the end, ${(Number(unsealed) / beside).toFixed(2)} s of acts`)
  }
  const { sealed, findings } = await verifyChain(db.read)
  console.log(`median ratio ${median(ratios).toFixed(2)}; ${sealed} entries in the chain, ${findings.length} faults found`)
  if (findings.length > 0) process.exitCode = 1
} finally {
  await db.close()
  await embedded.stop()
  await rm(folder, { recursive: true, force: true })
}
