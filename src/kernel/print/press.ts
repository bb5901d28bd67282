import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { TooBusy } from '#kernel/page-cache/gate.ts'
import type { Answer, PressFiles, Printed, PrintJob } from '#kernel/print/job.ts'

export interface Press {
  /** @throws TooBusy when too many wait; PressFailed when this document cannot be made. */
  print(job: PrintJob): Promise<Printed>
  /** The process that prints now, if there is one. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

export class PressFailed extends Error {
  override name = 'PressFailed'
}

export interface PressOptions {
  /** For what the press does without; never a word of the document. */
  onComplaint?: (template: string, complaints: string[]) => void
  /** Milliseconds a document may take; then its process is killed. */
  mostMs?: number
  /** Milliseconds without work after which the process ends. */
  idleMs?: number
  /** Documents that may wait behind the one that is printed. */
  mostWaiting?: number
  /** Bytes that the process may hold in memory while it prints (looked at on Linux). */
  mostBytes?: number
  /** Documents after which a new process takes over: each leaves some memory behind. */
  mostJobs?: number
}

const DEFAULTS = { mostMs: 10_000, idleMs: 60_000, mostWaiting: 16, mostBytes: 512 * 1024 * 1024, mostJobs: 50 }
const LOOK_EVERY_MS = 100
/** What a process may take to start, beside its first document: some seconds on a machine that is very busy. */
const START_MS = 20_000

interface Waiting { job: PrintJob; done(printed: Printed): void; failed(error: Error): void }
interface Working { child: ChildProcess; jobs: number }

/**
 * Prints documents and share cards in a process of its own: Typst works without a pause, so that in this one it would
 * stop every reader, and a document that does not end can only be killed. The process starts when something is to be
 * printed and ends when it is idle.
 */
export function openPress(files: PressFiles, options: PressOptions = {}): Press {
  const limits = { ...DEFAULTS, ...options }
  const waiting: Waiting[] = []
  let working: Working | undefined
  let current: Waiting | undefined
  let idle: NodeJS.Timeout | undefined
  let isStopped = false
  let number = 0

  return {
    get pid() {
      return working?.child.pid
    },
    print(job) {
      if (isStopped) return Promise.reject(new PressFailed('the press is closed'))
      if (current && waiting.length >= limits.mostWaiting) return Promise.reject(new TooBusy('too many documents wait for the press'))
      return new Promise<Printed>((done, failed) => {
        waiting.push({ job, done, failed })
        next()
      })
    },
    async stop() {
      isStopped = true
      for (const one of waiting.splice(0)) one.failed(new PressFailed('the press is closed'))
      await end()
    },
  }

  function next() {
    clearTimeout(idle)
    if (current) return
    current = waiting.shift()
    if (current) return work(current)
    idle = setTimeout(() => void end(), limits.idleMs)
    idle.unref()
  }

  function work({ job, done, failed }: Waiting) {
    const isFresh = !working
    const { child } = (working ??= start())
    const own = ++number
    const finish = (settle: () => void) => {
      clearTimeout(late)
      clearInterval(look)
      child.off('message', onAnswer).off('exit', onExit).off('error', onExit)
      current = undefined
      if (working && ++working.jobs >= limits.mostJobs) void end()
      settle()
      next()
    }
    const onAnswer = (answer: Answer) => {
      if (answer.number !== own) return
      if ('failure' in answer) return finish(() => failed(new PressFailed(answer.failure)))
      const { printed } = answer
      if (printed.complaints.length > 0) limits.onComplaint?.(job.template, printed.complaints)
      finish(() => done(printed))
    }
    // One that died is not used again: the next document starts another.
    const onExit = () => {
      if (working?.child === child) working = undefined
      if (current?.done === done) finish(() => failed(new PressFailed('the press ended before the document was done')))
    }
    const late = setTimeout(() => void kill(`the document took more than ${limits.mostMs} ms`), limits.mostMs + (isFresh ? START_MS : 0))
    const look = setInterval(() => {
      if (bytesOf(child.pid) > limits.mostBytes) kill(`the document took more than ${limits.mostBytes} bytes of memory`)
    }, LOOK_EVERY_MS)
    const kill = (why: string) => {
      if (working?.child === child) working = undefined
      child.kill('SIGKILL')
      finish(() => failed(new PressFailed(why)))
    }
    child.on('message', onAnswer).on('exit', onExit).on('error', onExit)
    child.send({ number: own, job }, (error) => error && onExit())
  }

  function start(): Working {
    const child = startChild(files)
    // One that dies while it waits for work must not be sent any.
    child.on('exit', () => {
      if (working?.child === child) working = undefined
    })
    child.on('error', () => {})
    return { child, jobs: 0 }
  }

  /** What is being printed fails with its process. */
  function end(): Promise<void> {
    const child = working?.child
    working = undefined
    clearTimeout(idle)
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((ended) => {
      child.ref()
      child.once('exit', () => ended())
      child.kill('SIGKILL')
    })
  }
}

/** The child gets nothing of our environment: no password, no font of the system, no way to the network. */
function startChild(files: PressFiles): ChildProcess {
  const child = fork(files.child, [JSON.stringify({ workspace: files.workspace, fonts: files.fonts })], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=96', '--max-semi-space-size=4'],
    // Its errors hold words of texts: the log must not.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: files.workspace,
    env: {
      // Typst always looks for system fonts, where this file says; here it says nowhere.
      FONTCONFIG_FILE: devNull, HTTP_PROXY: DEAD_PROXY, HTTPS_PROXY: DEAD_PROXY, ALL_PROXY: DEAD_PROXY,
    },
  })
  child.unref()
  child.channel?.unref()
  return child
}

const DEAD_PROXY = 'http://127.0.0.1:9'

/** Pages of 4 KB in the second field; 0 where there is no /proc. */
function bytesOf(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
