import { spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { freePort } from '#kernel/testing/free-port.ts'
import { FLAGS, type BenchHouse, median, printMachine, sleep, startHouse } from './house.ts'
import { slice, type Slice } from './load.ts'
import { fetchRaw, startNginx } from './nginx.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 3)
/** V8 takes some seconds of load until the whole way of a request is compiled. */
const WARM_SECONDS = 8
const PATH = process.env.PAGE ?? '/en/media'
const BR = { 'Accept-Encoding': 'br' }

/**
 * Runs the house, nginx and a bare node:http by turns and prints every round; the median ratio is the figure. The bare
 * server shows how much of the distance is Node's and how much is ours.
 */
export async function besideNginx(floor: number, withEtag: boolean) {
  printMachine()
  const house = await startHouse()
  const page = await warmed(house)
  const nginx = await startNginx(page)
  const status = withEtag ? 304 : 200
  const asked = (etag: string) => ({ ...BR, ...(withEtag && { 'If-None-Match': etag }) })
  const bare = await startBareNode(page, status)
  const rounds: { ours: Slice; theirs: Slice; bares: Slice }[] = []
  try {
    await slice(house.origin + PATH, house.pid, WARM_SECONDS, asked(page.headers.etag!), status)
    await slice(bare.url, bare.pid, WARM_SECONDS, BR, status)
    for (let round = 1; round <= ROUNDS; round++) {
      const theirs = await slice(`${nginx.origin}/`, nginx.workerPid, SECONDS, asked(nginx.etag), status)
      const ours = await slice(house.origin + PATH, house.pid, SECONDS, asked(page.headers.etag!), status)
      const bares = await slice(bare.url, bare.pid, SECONDS, BR, status)
      rounds.push({ ours, theirs, bares })
      console.log(
        `${round}: house ${ours.perSecond.toFixed(0)}/s (p99 ${ours.p99Ms.toFixed(1)} ms), nginx ${theirs.perSecond.toFixed(0)}/s ` +
        `(p99 ${theirs.p99Ms.toFixed(1)} ms), bare Node ${bares.perSecond.toFixed(0)}/s; wall ${(ours.perSecond / theirs.perSecond).toFixed(2)}, ` +
        `per CPU-second ${(ours.perCpuSecond / theirs.perCpuSecond).toFixed(2)}, wrong ${ours.wrong}+${theirs.wrong}, load ${loadavg()[0]!.toFixed(1)}`)
    }
  } finally {
    await nginx.stop()
    bare.stop()
    await house.end()
  }
  const wall = median(rounds.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond))
  const cpu = median(rounds.map(({ ours, theirs }) => ours.perCpuSecond / theirs.perCpuSecond))
  const wrong = rounds.reduce((sum, { ours, theirs }) => sum + ours.wrong + theirs.wrong, 0)
  const ofBare = median(rounds.map(({ ours, bares }) => ours.perCpuSecond / bares.perCpuSecond))
  const bareOfNginx = median(rounds.map(({ bares, theirs }) => bares.perCpuSecond / theirs.perCpuSecond))
  console.log(`per CPU-second: house ${ofBare.toFixed(2)} of bare Node, bare Node ${bareOfNginx.toFixed(2)} of nginx`)
  console.log(`median of ${ROUNDS}: wall ${wall.toFixed(2)}, per CPU-second ${cpu.toFixed(2)} of nginx (${page.body.length} bytes, status ${status}); floor ${floor}`)
  if (wrong > 0 || Math.max(wall, cpu) < floor) process.exitCode = 1
}

async function startBareNode(page: { body: Buffer; headers: Record<string, string> }, status: number) {
  const port = await freePort()
  const kept = Object.entries(page.headers).filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
  const headers = kept.filter(([name]) => status !== 304 || name !== 'content-length').flat()
  const given = JSON.stringify({ status, headers, body: page.body.toString('base64'), port })
  const child = spawn(process.execPath, [...FLAGS, 'bench/bare-node.ts', given], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((ready) => child.stdout.once('data', ready))
  return { url: `http://127.0.0.1:${port}${PATH}`, pid: child.pid!, stop: () => child.kill() }
}

/** Asks until the page stands in the cache with its last compression. */
async function warmed(house: BenchHouse) {
  for (let i = 0; i < 5; i++) await fetchRaw(house.origin + PATH, BR)
  await sleep(1000)
  const page = await fetchRaw(house.origin + PATH, BR)
  if (page.status !== 200 || page.headers['content-encoding'] !== 'br') throw new Error(`${PATH} answered ${page.status}`)
  return page
}
