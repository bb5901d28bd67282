import '#kernel/blobs/server/tables.ts'
import { UNUSED_FOR } from '#kernel/blobs/blob.ts'
import { forgetUnusedBlob, SWEEP_JOB } from '#kernel/blobs/server/blob-actions.ts'
import type { JobHouse, RoomJob } from '#kernel/commands/room.ts'
import { act } from '#kernel/database/act.ts'
import type { ReadDb } from '#kernel/database/tables.ts'

/** Takes away one released file, and files that no row names: acts that wrote a file and then failed left them. */
export const sweepJob: RoomJob = {
  name: SWEEP_JOB,
  async work(house, { hash }) {
    if (hash) await sweepBlob(house, hash)
    await sweepNameless(house)
  },
  async* listDue(db) {
    const released = await db.selectFrom('blob').select(['hash', 'unusedSince']).where('unusedSince', 'is not', null).execute()
    for (const { hash, unusedSince } of released) yield { ids: { hash }, startAfter: unusedSince!.add(UNUSED_FOR) }
  },
}

type Sweeping = Pick<JobHouse, 'db' | 'blobs' | 'clock'>

export async function sweepBlob(house: Sweeping, hash: string): Promise<boolean> {
  const now = house.clock()
  // The row goes first: a row always names a file that is there.
  const isForgotten = await act({ db: house.db }, (tx) => forgetUnusedBlob(tx, hash, now))
  return isForgotten && house.blobs.removeIfOld(hash, now)
}

export async function sweepNameless(house: Sweeping): Promise<number> {
  let removed = 0
  for await (const hash of listNameless(house)) if (await house.blobs.removeIfOld(hash, house.clock())) removed++
  return removed
}

/** Files on the disk that no row names. A young one among them may be named any moment. */
export async function* listNameless({ db, blobs }: Pick<Sweeping, 'db' | 'blobs'>): AsyncGenerator<string> {
  let some: string[] = []
  for await (const hash of blobs.listStored()) {
    some.push(hash)
    if (some.length < 1000) continue
    yield* await withoutRow(db.read, some)
    some = []
  }
  yield* await withoutRow(db.read, some)
}

async function withoutRow(db: ReadDb, hashes: string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await db.selectFrom('blob').select('hash').where('hash', 'in', hashes).execute()
  const named = new Set(rows.map((row) => row.hash))
  return hashes.filter((hash) => !named.has(hash))
}
