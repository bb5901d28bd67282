import { parentPort } from 'node:worker_threads'

/** What a thread says: that it is there, that it lives, an answer, or why there is none. */
export type Said<A> = { ready: true } | { sign: unknown } | { answer: A } | { failed: string }

/** The thread's side: answers one question after the other. */
export function answerQuestions<Q, A>(answer: (question: Q) => A | Promise<A>): void {
  parentPort?.on('message', async (question: Q) => {
    try {
      parentPort?.postMessage({ answer: await answer(question) })
    } catch (error) {
      parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  parentPort?.postMessage({ ready: true })
}

/** Says that the work goes on: whoever waits grants it its time once more. */
export const giveSign = (sign: unknown) => parentPort?.postMessage({ sign })
