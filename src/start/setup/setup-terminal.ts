import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Refusal } from '#kernel/database/refusal.ts'

export interface Terminal {
  /** What was typed, without blanks around it. A secret is not shown while it is typed. Rejects with a Refusal on Ctrl-C and Ctrl-D. */
  ask(prompt: string, isSecret?: boolean): Promise<string>
  close(): void
}

/** The person's own terminal, or undefined where there is none to ask at. */
export function openTerminal(input = process.stdin, output = process.stdout): Terminal | undefined {
  if (!input.isTTY || !output.isTTY) return undefined
  let isHidden = false
  const shown = new Writable({
    write(bytes: Buffer, _encoding, done) {
      if (!isHidden) output.write(bytes)
      done()
    },
  })
  // Without a history: an arrow key must not bring a password back onto the screen.
  const lines = createInterface({ input, output: shown, terminal: true, historySize: 0 })
  let isClosed = false
  let stop = () => {}
  const end = () => {
    isClosed = true
    stop()
  }
  lines.on('SIGINT', () => lines.close())
  lines.on('close', end)
  return {
    ask: (prompt, isSecret = false) =>
      new Promise((answered, failed) => {
        stop = () => {
          output.write('\n')
          failed(new Refusal('Stopped. Nothing was changed.'))
        }
        if (isClosed) return stop()
        lines.question(prompt, (typed) => {
          if (isHidden) output.write('\n')
          isHidden = false
          stop = () => {}
          answered(typed.trim())
        })
        isHidden = isSecret
      }),
    close: () => {
      stop = () => {}
      lines.close()
    },
  }
}
