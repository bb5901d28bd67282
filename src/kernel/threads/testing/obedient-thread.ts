import { setTimeout as later } from 'node:timers/promises'
import { answerQuestions, giveSign } from '#kernel/threads/answering.ts'

const hoard: number[][] = []

function work(ms: number) {
  const began = performance.now()
  while (performance.now() - began < ms);
}

answerQuestions(async (told: string) => {
  const [word, first, , second] = told.split(' ')
  if (word === 'throw') throw new Error('as it was told')
  if (word === 'loop') for (;;);
  if (word === 'backtrack') /^(a+)+$/.test(`${'a'.repeat(50)}b`)
  if (word === 'hoard') for (;;) hoard.push(Array.from({ length: 1_000_000 }, (_, i) => i + 0.5))
  if (word === 'wait') await later(Number(first))
  if (word === 'work') for (let n = 0; n < Number(first); n++) { work(Number(second)); giveSign(n) }
  return told
})
