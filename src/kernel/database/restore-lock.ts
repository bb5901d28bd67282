import type pg from 'pg'
import { HouseClient } from '#kernel/database/house-client.ts'
import { Refusal } from '#kernel/database/refusal.ts'

/** Held by a restore from before it looks whether the place is empty until it is done. */
const RESTORE_LOCK = 4713_0005

const underWay = () => new Refusal('A backup is being restored here. Wait until that is done, then try again; nothing was changed.')

/** Holds it as long as this connection lives. */
export async function holdForRestore(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [RESTORE_LOCK])
  if (!rows[0]!.taken) throw underWay()
}

/**
 * A half restored place is no place: it would be furnished as a new one, or backed up as an empty one.
 * @param url an address without a pooler between
 */
export async function refuseDuringRestore(url: string): Promise<void> {
  const client = new HouseClient({ connectionString: url, application_name: 'altavoz look' })
  client.on('error', () => {})
  try {
    await client.connect()
    // Transaction's own, so that it is given back at once: the look itself keeps no restore out.
    const { rows } = await client.query<{ isFree: boolean }>('select pg_try_advisory_xact_lock_shared($1) as "isFree"', [RESTORE_LOCK])
    if (!rows[0]!.isFree) throw underWay()
  } finally {
    await client.end().catch(() => {})
  }
}
