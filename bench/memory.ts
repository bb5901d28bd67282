// Promise: app and database together 200 MB or less 60 s after the start, 256 MB or less after a minute of load (PSS).
import { databasePids, printMachine, pssMb, sleep, startHouse } from './house.ts'
import { slice } from './load.ts'

const REST_SECONDS = Number(process.env.REST ?? 60)
const LOAD_SECONDS = Number(process.env.LOAD ?? 60)
printMachine()
const house = await startHouse()
const weigh = () => {
  const app = pssMb(house.pid)
  const database = databasePids(house.dataDir).reduce((sum, pid) => sum + pssMb(pid), 0)
  return { app, database, both: app + database }
}
const say = (when: string, { app, database, both }: ReturnType<typeof weigh>, limit: number) => {
  console.log(`${when}: app ${app.toFixed(0)} MB + database ${database.toFixed(0)} MB = ${both.toFixed(0)} MB (limit ${limit})`)
  if (both > limit) process.exitCode = 1
}
try {
  await sleep(REST_SECONDS * 1000)
  say(`${REST_SECONDS} s after the start`, weigh(), 200)
  await slice(`${house.origin}/en/media`, house.pid, LOAD_SECONDS, { 'Accept-Encoding': 'br', Authorization: 'Bearer none' })
  say(`after ${LOAD_SECONDS} s of uncached load`, weigh(), 256)
  for (let i = 0; i < 50_000; i += 50) {
    await Promise.all(Array.from({ length: 50 }, async () => (await fetch(`${house.origin}/en/media?${Math.random().toString(36)}=${i}`)).arrayBuffer()))
  }
  say('after 50,000 random query strings', weigh(), 256)
} finally {
  await house.end()
}
