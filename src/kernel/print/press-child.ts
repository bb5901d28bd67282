// The press itself: a process that does nothing else. It ends when the server that started it is gone.
import type { Answer, PrintJob } from '#kernel/print/job.ts'
import { openPrinter } from '#kernel/print/printer.ts'

const printer = openPrinter(JSON.parse(process.argv[2]!))

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ number, job }: { number: number; job: PrintJob }) => {
  const send = (answer: Answer) => process.send!(answer)
  try {
    send({ number, printed: await printer.print(job) })
  } catch (error) {
    send({ number, failure: (error as Error).message })
  }
})
