import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuSeconds } from './house.ts'

export interface Slice {
  perSecond: number
  perCpuSecond: number
  p99Ms: number
  /** Answers that were not what was asked for. */
  wrong: number
}

/** Counts answers by status, so that a slice that answered something else cannot pass as fast. */
const SCRIPT = `
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init(args) wrong = 0 end
function response(status) if status ~= EXPECTED then wrong = wrong + 1 end end
function done(summary, latency, requests)
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
  io.write(string.format("\\nJSON{\\"requests\\":%d,\\"us\\":%d,\\"p99\\":%.3f,\\"wrong\\":%d,\\"socket\\":%d}\\n",
    summary.requests, summary.duration, latency:percentile(99) / 1000, wrong, summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
`

/** One slice of load by wrk: one thread, 32 connections. */
export async function slice(url: string, pid: number, seconds: number, headers: Record<string, string>, expected = 200, connections = 32): Promise<Slice> {
  const script = join(tmpdir(), `altavoz-wrk-${expected}.lua`)
  writeFileSync(script, SCRIPT.replace('EXPECTED', String(expected)))
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const before = cpuSeconds(pid)
  const printed = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, ...named, url])
  const cpu = cpuSeconds(pid) - before
  const { requests, us, p99, wrong, socket } = JSON.parse(/JSON(\{.*\})/.exec(printed)![1]!)
  return { perSecond: requests / (us / 1e6), perCpuSecond: requests / cpu, p99Ms: p99, wrong: wrong + socket }
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
