// A real house for a bench: the built program with its own data folder and port, ended at the end.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#kernel/testing/free-port.ts'

/** As bin/start runs it. */
export const FLAGS = ['--max-old-space-size=96', '--max-semi-space-size=8']

export interface BenchHouse {
  origin: string
  port: number
  pid: number
  dataDir: string
  /** Milliseconds from the start of the process to its first page. */
  readyMs: number
  stop(): Promise<void>
  again(): Promise<BenchHouse>
  end(): Promise<void>
}

export async function startHouse(dataDir?: string): Promise<BenchHouse> {
  if (!existsSync('build/server.js')) throw new Error('build first: node tools/build.mjs')
  const folder = dataDir ?? (await mkdtemp('/var/tmp/altavoz-bench-'))
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [...FLAGS, 'build/server.js'], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout!.on('data', (bytes: Buffer) => { if (String(bytes).includes('altavoz ready on')) ready() })
    child.once('exit', (code) => failed(new Error(`the house ended with ${code}`)))
  })
  const origin = `http://127.0.0.1:${port}`
  const first = await fetch(`${origin}/en/media`)
  await first.text()
  if (first.status !== 200) throw new Error(`the first page answered ${first.status}`)
  const readyMs = performance.now() - began
  const stop = () => ended(child)
  return {
    origin, port, pid: child.pid!, dataDir: folder, readyMs, stop,
    again: async () => { await stop(); return startHouse(folder) },
    end: async () => { await stop(); await rm(folder, { recursive: true, force: true }) },
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

/** Processor seconds that a process has used (Linux). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Proportional set size in MB: memory shared by several processes counts once. */
export function pssMb(pid: number): number {
  const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  return Number(found?.[1] ?? 0) / 1024
}

/** The database server of a data folder and its workers. */
export function databasePids(dataDir: string): number[] {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]) === postmaster
    } catch {
      return false
    }
  })
  return [postmaster, ...children]
}

export const median = (figures: number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!
export const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

export function printMachine() {
  const { model } = cpus()[0]!
  console.log(`${cpus().length} × ${model}, Node ${process.versions.node}, load ${loadavg().map((one) => one.toFixed(1)).join(' ')}`)
}
