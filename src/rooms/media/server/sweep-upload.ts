import type { JobHouse, RoomJob } from '#kernel/commands/room.ts'
import { sweepNameless } from '#kernel/blobs/server/sweep.ts'
import { act } from '#kernel/database/act.ts'
import { forgetOldUpload, KEPT_FOR, SWEEP_UPLOAD_JOB } from '#rooms/media/server/upload-actions.ts'
import { listOpenUploads } from '#rooms/media/server/upload-queries.ts'

export const sweepUploadJob: RoomJob = {
  name: SWEEP_UPLOAD_JOB,
  async work(house, { upload }) {
    if (upload) await sweepUpload(house, upload)
  },
  async* listDue(db) {
    for (const { id, begunAt } of await listOpenUploads(db)) yield { ids: { upload: id }, startAfter: begunAt.add(KEPT_FOR) }
  },
}

/** Takes away what is not whole after a day. */
export async function sweepUpload(house: Pick<JobHouse, 'db' | 'blobs' | 'clock'>, id: string): Promise<void> {
  if (await act({ db: house.db }, (tx) => forgetOldUpload(tx, id, house.clock()))) await house.blobs.parts.remove(id)
  // What was copied and then stopped has no row.
  await sweepNameless(house)
}
