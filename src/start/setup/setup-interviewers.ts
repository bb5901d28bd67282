import { Refusal } from '#kernel/database/refusal.ts'
import type { Interviewer, Question } from '#start/setup/setup-dialogue.ts'
import type { Terminal } from '#start/setup/setup-terminal.ts'

/** A flag is never asked for again: whoever wrote it may not be there to answer. */
function given<T>({ given: typed, read }: Question<T>): T | undefined {
  if (typed === undefined) return undefined
  const answer = read(typed.trim())
  if (!answer.isGood) throw new Refusal(`${answer.reason} Nothing was changed.`)
  return answer.value
}

/** Asks nothing. What no flag names stays as it is. */
export const byFlagsAlone: Interviewer = {
  async learn(question) {
    const isProposed = question.given === undefined && question.standing === '' && question.proposal
    return given(isProposed ? { ...question, given: question.proposal } : question)
  },
  secret: async () => undefined,
}

/** Shows what stands, and asks again with the reason until an answer is good. */
export function atTerminal(terminal: Terminal, say: (line: string) => void): Interviewer {
  return {
    async learn(question) {
      if (question.given !== undefined) return given(question)
      const { text, standing, proposal, read } = question
      const offered = standing || proposal
      for (;;) {
        const typed = await terminal.ask(`${text}${offered ? ` [${offered}]` : proposal === '' ? ' (Enter leaves it out)' : ''}: `)
        if (typed === '' && standing !== '') return undefined
        if (typed === '' && proposal === '') return undefined
        const answer = read(typed || (proposal ?? ''))
        if (answer.isGood) return answer.value
        say(`  ${answer.reason}`)
      }
    },
    secret: (prompt) => terminal.ask(prompt, true),
  }
}
