import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'

/** Works that note when they begin and end, and take as long as they are told. */
function works(fails: number[] = []) {
  const told: number[] = []
  let running = 0
  const seen = { most: 0, began: [] as number[], ended: [] as number[] }
  const run = (things: number[], width: number, turns: (n: number) => string[] = (n) => [String(n)]) => severalAtOnce(things, width, {
    turns,
    work: async (n) => {
      seen.began.push(n)
      seen.most = Math.max(seen.most, ++running)
      await sleep(n % 2 === 0 ? 1 : 6)
      running--
      seen.ended.push(n)
      if (fails.includes(n)) throw new Error(`${n} failed`)
      return n * 10
    },
    tell: (result) => told.push(result),
  })
  return { run, told, seen }
}

const first = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('several run at once, never more than the width, and are told in their order', async () => {
  const { run, told, seen } = works()
  await run(first(20), 4)
  expect(told).toEqual(first(20).map((n) => n * 10))
  expect(seen.most).toBe(4)
  expect(seen.ended).not.toEqual(first(20))
})

test('things of one turn run one after the other, in their order', async () => {
  const { run, seen } = works()
  await run(first(12), 4, () => ['the same'])
  expect(seen.most).toBe(1)
  expect(seen.ended).toEqual(first(12))
})

test('a thing waits for all whose turn it shares', async () => {
  const { run, seen } = works()
  await run(first(12), 4, (n) => [`of three ${n % 3}`, `of four ${n % 4}`])
  for (const n of first(12)) for (const other of first(12)) if (other < n && (n - other === 3 || n - other === 4)) expect(seen.ended.indexOf(other)).toBeLessThan(seen.ended.indexOf(n))
})

test('after a failure nothing is begun, what was under way is told, and the failure is thrown', async () => {
  const { run, told, seen } = works([5])
  await expect(run(first(20), 4)).rejects.toThrow('5 failed')
  expect(told).toEqual([1, 2, 3, 4, 6, 7, 8].map((n) => n * 10))
  expect(Math.max(...seen.began)).toBe(8)
})

test('nothing to do is done at once', async () => {
  await severalAtOnce([], 4, { turns: () => [], work: () => Promise.resolve(), tell: () => { throw new Error('told') } })
})
