import { refusalFor } from '#start/refusals.ts'
import { serve } from '#start/serve.ts'

// The one program that serves. What an operator can mend is one sentence; anything else keeps its trace.
try {
  await serve(new URL('..', import.meta.url), process.argv.slice(2))
} catch (error) {
  const sentence = refusalFor(error)
  console.error(sentence === undefined ? error : `altavoz: ${sentence}`)
  process.exit(1)
}
