// What is drawn of several texts before they are published, and how much is asked for that.
import { expect, test } from 'vitest'
import { listTexts } from '#rooms/media/server/text-list-queries.ts'
import { openLibrary } from '#rooms/media/server/testing/library.ts'
import { drawToSend } from './together-shown.ts'

const { db, time, STEWARD, item, letOut } = await openLibrary()

test('what readers have already is not looked through without end', async () => {
  const [draft, ...shown] = [await item(), await item(), await item(), await item()]
  for (const { id } of shown) expect(await letOut(id)).toBeNull()
  const items = (await listTexts(db.read, STEWARD, { q: '', among: [draft, ...shown].map((one) => one!.id) }, time.now))
  const drawn = (looked: number, sent = 2) => drawToSend(db.read, STEWARD, items, 'en', time.now, { sent, looked })
  expect(items.at(-1)!.id, 'the draft is the oldest, and drawn last').toBe(draft!.id)
  const inAll = ({ toSend, isCut }: Awaited<ReturnType<typeof drawToSend>>) => [toSend.length, toSend.flatMap(({ texts }) => texts).length, isCut]
  expect([inAll(await drawn(4)), inAll(await drawn(3)), inAll(await drawn(4, 0))]).toEqual([[4, 1, false], [3, 0, true], [3, 0, true]])
})
