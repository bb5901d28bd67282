import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuSeconds } from './house.ts'
import { fetchRaw } from './nginx.ts'

export interface Slice {
  perSecond: number
  perCpuSecond: number
  p99Ms: number
  /** Answers that were not what was asked for. */
  wrong: number
}

/** wrk counts statuses of 400 and above by itself; a callback for each answer would measure Lua. */
const SCRIPT = String.raw`
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('\nJSON{"requests":%d,"us":%d,"p99":%.3f,"wrong":%d}\n', summary.requests, summary.duration,
    latency:percentile(99) / 1000, errors.status + errors.connect + errors.read + errors.timeout))
end
`

/** One slice of load by wrk: one thread, 32 connections. */
export async function slice(url: string, pid: number, seconds: number, headers: Record<string, string>, expected = 200, connections = 32): Promise<Slice> {
  const { status } = await fetchRaw(url, headers)
  if (status !== expected) throw new Error(`${url} answers ${status}, not ${expected}`)
  const script = join(tmpdir(), 'altavoz-wrk.lua')
  writeFileSync(script, SCRIPT)
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const before = cpuSeconds(pid)
  const printed = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, ...named, url])
  const cpu = cpuSeconds(pid) - before
  const { requests, us, p99, wrong } = JSON.parse(/JSON(\{.*\})/.exec(printed)![1]!)
  return { perSecond: requests / (us / 1e6), perCpuSecond: requests / cpu, p99Ms: p99, wrong }
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.on('data', (bytes: Buffer) => (printed += bytes))
    child.once('error', failed)
    child.once('exit', (code) => (code === 0 ? done(printed) : failed(new Error(`${command} ended with ${code}: ${printed}`))))
  })
}
