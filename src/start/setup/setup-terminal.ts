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
  // Several lines may come at once, pasted or typed ahead: `lines.question` would lose all but the first.
  const typed: string[] = []
  let isClosed = false
  let wake = () => {}
  lines.on('line', (line) => {
    typed.push(line.trim())
    wake()
  })
  lines.on('SIGINT', () => lines.close())
  lines.on('close', () => {
    isClosed = true
    wake()
  })
  return {
    async ask(prompt, isSecret = false) {
      lines.setPrompt(prompt)
      lines.prompt()
      isHidden = isSecret
      while (typed.length === 0 && !isClosed) await new Promise<void>((woken) => { wake = woken })
      if (isHidden || isClosed) output.write('\n')
      isHidden = false
      if (typed.length === 0) throw new Refusal('Stopped. Nothing was changed.')
      return typed.shift()!
    },
    close: () => lines.close(),
  }
}
