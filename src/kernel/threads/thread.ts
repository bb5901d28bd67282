import { Worker } from 'node:worker_threads'
import type { Said } from '#kernel/threads/answering.ts'

/** A question that was not answered in its time, or not in its memory: the thread that worked on it was ended. */
export class TookTooLong extends Error {
  override name = 'TookTooLong'
}

export interface Thread<Q, A> {
  /** One at a time, in their order. @throws TookTooLong */
  ask(question: Q): Promise<A>
  end(): Promise<void>
}

export interface ThreadOptions {
  /** Milliseconds of the processor for an answer, or for a sign that it goes on; then the thread is ended. */
  mostMs: number
  /** Of its heap. `--max-old-space-size`, which bin/altavoz gives, goes before it. */
  mostMegabytes?: number
  /** Milliseconds without a question after which the thread ends and gives its memory back; Infinity: it stays until `end`. */
  idleMs?: number
  onSign?: (sign: unknown) => void
}

/** Where others keep the processor busy an answer may take so much longer, and no more: a thread may also wait for ever. */
const MOST_PATIENCE = 12

interface Asked<Q, A> { question: Q; done(answer: A): void; failed(error: Error): void }

/**
 * Work that may never end, in a thread that can be ended. Nothing else stops a loop: a parser that is given a hostile
 * text holds the whole program until it is through. The thread starts with the first question, and a new one takes its
 * place when it had to be ended.
 */
export function openThread<Q, A>(file: URL, { mostMs, idleMs = 10_000, mostMegabytes = 512, onSign }: ThreadOptions): Thread<Q, A> {
  const waiting: Asked<Q, A>[] = []
  let working: { worker: Worker; isReady: boolean; spentBefore: number } | undefined
  let current: Asked<Q, A> | undefined
  let timer: NodeJS.Timeout | undefined

  function start() {
    // It is told nothing of our settings: what it reads is not ours.
    const worker = new Worker(file, { env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } })
    const mine = { worker, isReady: false, spentBefore: 0 }
    worker.on('message', (said: Said<A>) => { if (working === mine) hear(said) })
    worker.on('error', (error) => { if (working === mine) giveUp(error) })
    worker.on('exit', () => { if (working === mine) giveUp(new Error('the thread ended by itself')) })
    return mine
  }

  function next() {
    if (current || waiting.length === 0) return
    current = waiting.shift()!
    working ??= start()
    working.worker.ref()
    if (working.isReady) handOver()
    else wait(mostMs, mostMs * MOST_PATIENCE)
  }

  function handOver() {
    working!.worker.postMessage(current!.question)
    startClock()
  }

  function hear(said: Said<A>) {
    if ('ready' in said) {
      working!.isReady = true
      handOver()
    } else if ('sign' in said) {
      onSign?.(said.sign)
      startClock()
    } else {
      const asked = settle()
      if ('answer' in said) asked?.done(said.answer)
      else asked?.failed(new Error(said.failed))
      next()
    }
  }

  function startClock() {
    const mine = working!
    void spentBy(mine.worker).then((spent) => { mine.spentBefore = spent })
    wait(mostMs, mostMs * MOST_PATIENCE)
  }

  /** Asks after a while what it spent: an honest text on a busy machine is not taken for a hostile one. */
  function wait(ms: number, patience: number) {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const [mine, asked] = [working!, current]
      const left = mostMs - ((await spentBy(mine.worker)) - mine.spentBefore)
      if (working !== mine || current !== asked) return
      if (left > 0 && patience > ms) wait(Math.max(left, 100), patience - ms)
      else giveUp(new TookTooLong(`no end after ${mostMs / 1000} seconds of work`))
    }, ms)
  }

  function settle() {
    const asked = current
    current = undefined
    clearTimeout(timer)
    if (idleMs < Infinity) timer = setTimeout(() => void stop(), idleMs).unref()
    working?.worker.unref()
    return asked
  }

  function giveUp(error: unknown) {
    const isTooMuch = (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY'
    const reason = isTooMuch ? new TookTooLong('its memory did not suffice') : error as Error
    const asked = settle()
    void stop()
    asked?.failed(reason)
    next()
  }

  async function stop() {
    const { worker } = working ?? {}
    working = undefined
    if (!current) clearTimeout(timer)
    await worker?.terminate()
  }

  return {
    ask: (question) => new Promise<A>((done, failed) => {
      waiting.push({ question, done, failed })
      next()
    }),
    end: stop,
  }
}

/** Milliseconds of the processor that a thread has used. */
async function spentBy(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
  return (user + system) / 1000
}
