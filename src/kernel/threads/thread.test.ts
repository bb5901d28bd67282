import { setTimeout as later } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openThread, type Thread, TookTooLong } from '#kernel/threads/thread.ts'

/** A thread that does what its questions say. */
const SOURCE = new URL('./testing/obedient-thread.ts', import.meta.url)
const threads: Thread<string, string>[] = []
const openObedient = (mostMs: number, onSign?: (sign: unknown) => void) => {
  const thread = openThread<string, string>(SOURCE, { mostMs, ...(onSign && { onSign }) })
  threads.push(thread)
  return thread
}
afterAll(() => Promise.all(threads.map((thread) => thread.end())))

test('answers come in the order of their questions, and what it throws is thrown', async () => {
  const thread = openObedient(5000)
  const answers = await Promise.allSettled(['a', 'throw', 'b'].map((question) => thread.ask(question)))
  expect(answers).toMatchObject([{ value: 'a' }, { reason: { message: expect.stringContaining('as it was told') } }, { value: 'b' }])
})

test.each(['loop', 'backtrack'])('one that would %s for ever is ended, and the next question is answered', async (never) => {
  const thread = openObedient(500)
  const [ended, next] = [thread.ask(never), thread.ask('next')]
  await expect(ended).rejects.toThrow(TookTooLong)
  expect(await next).toBe('next')
})

test('one that hoards memory is ended, and the others keep theirs', async () => {
  const thread = openThread<string, string>(SOURCE, { mostMs: 30_000, mostMegabytes: 64 })
  threads.push(thread)
  const [ended, next] = [thread.ask('hoard'), thread.ask('next')]
  await expect(ended).rejects.toThrow('its memory did not suffice')
  expect(await next).toBe('next')
})

test('its time is the processor’s: waiting spends none of it, but does not last for ever', async () => {
  const thread = openObedient(300)
  expect(await thread.ask('wait 1000')).toBe('wait 1000')
  await expect(thread.ask('wait 20000')).rejects.toThrow(TookTooLong)
})

test('a sign grants the time anew', async () => {
  const signs: unknown[] = []
  const thread = openObedient(400, (sign) => signs.push(sign))
  expect(await thread.ask('work 6 × 150')).toBe('work 6 × 150')
  expect(signs).toHaveLength(6)
})

test('work in a thread leaves the others free', async () => {
  const thread = openObedient(1000)
  const ended = thread.ask('loop').catch(() => 'ended')
  let turns = 0
  for (const began = performance.now(); performance.now() - began < 300; turns++) await later(5)
  expect(turns).toBeGreaterThan(5)
  expect(await ended).toBe('ended')
})
