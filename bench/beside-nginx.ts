import { loadavg } from 'node:os'
import { type BenchHouse, median, printMachine, sleep, startHouse } from './house.ts'
import { slice, type Slice } from './load.ts'
import { fetchRaw, startNginx } from './nginx.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 3)
/** V8 takes some seconds of load until the whole way of a request is compiled. */
const WARM_SECONDS = 8
const PATH = process.env.PAGE ?? '/en/media'
const BR = { 'Accept-Encoding': 'br' }

/** Runs the house and nginx by turns and prints every round; the median ratio is the figure. */
export async function besideNginx(floor: number, withEtag: boolean) {
  printMachine()
  const house = await startHouse()
  const page = await warmed(house)
  const nginx = await startNginx(page)
  const status = withEtag ? 304 : 200
  const asked = (etag: string) => ({ ...BR, ...(withEtag && { 'If-None-Match': etag }) })
  const rounds: { ours: Slice; theirs: Slice }[] = []
  try {
    await slice(house.origin + PATH, house.pid, WARM_SECONDS, asked(page.headers.etag!), status)
    for (let round = 1; round <= ROUNDS; round++) {
      const theirs = await slice(`${nginx.origin}/`, nginx.workerPid, SECONDS, asked(nginx.etag), status)
      const ours = await slice(house.origin + PATH, house.pid, SECONDS, asked(page.headers.etag!), status)
      rounds.push({ ours, theirs })
      console.log(
        `${round}: house ${ours.perSecond.toFixed(0)}/s (p99 ${ours.p99Ms.toFixed(1)} ms), nginx ${theirs.perSecond.toFixed(0)}/s ` +
        `(p99 ${theirs.p99Ms.toFixed(1)} ms); wall ${(ours.perSecond / theirs.perSecond).toFixed(2)}, ` +
        `per CPU-second ${(ours.perCpuSecond / theirs.perCpuSecond).toFixed(2)}, wrong ${ours.wrong}+${theirs.wrong}, load ${loadavg()[0]!.toFixed(1)}`)
    }
  } finally {
    await nginx.stop()
    await house.end()
  }
  const wall = median(rounds.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond))
  const cpu = median(rounds.map(({ ours, theirs }) => ours.perCpuSecond / theirs.perCpuSecond))
  const wrong = rounds.reduce((sum, { ours, theirs }) => sum + ours.wrong + theirs.wrong, 0)
  console.log(`median of ${ROUNDS}: wall ${wall.toFixed(2)}, per CPU-second ${cpu.toFixed(2)} of nginx (${page.body.length} bytes, status ${status}); floor ${floor}`)
  if (wrong > 0 || Math.max(wall, cpu) < floor) process.exitCode = 1
}

/** Asks until the page stands in the cache with its last compression. */
async function warmed(house: BenchHouse) {
  for (let i = 0; i < 5; i++) await fetchRaw(house.origin + PATH, BR)
  await sleep(1000)
  const page = await fetchRaw(house.origin + PATH, BR)
  if (page.status !== 200 || page.headers['content-encoding'] !== 'br') throw new Error(`${PATH} answered ${page.status}`)
  return page
}
