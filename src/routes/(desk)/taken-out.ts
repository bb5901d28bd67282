import type { Tx } from '#kernel/database/tables.ts'
import { isOut, type LibraryFile } from '#rooms/media/library.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { withdrawConsent } from '#rooms/media/server/library-actions.ts'
import { listUses, type Use } from '#rooms/media/server/library-queries.ts'
import { notifyOnceADay } from '#rooms/people/server/notice-actions.ts'
import { listEditors, listOnDuty } from '#rooms/people/server/notice-queries.ts'

/** Takes a file out of every text, at once, and tells whoever answers for those that lose it. The caller has locked the file. */
export async function takeOutEverywhere(tx: Tx, file: LibraryFile, actor: string, now: Temporal.Instant): Promise<void> {
  // What was out already, here or where it stands in the library once more, is taken from no text by this.
  const uses = isOut(file) ? [] : await listUses(tx, file.id, now)
  await withdrawConsent(tx, file, actor, now)
  await tell(tx, actor, uses, now)
}

/**
 * Who is told: whoever keeps a text, and the editors of its organisation for the languages that showed it; where there are none, and of the
 * alliance's own, the stewards. Not her who did it. It is told which text, and nothing of whom the file shows, who asked, or why.
 */
async function tell(tx: Tx, actor: string, uses: readonly Use[], now: Temporal.Instant): Promise<void> {
  const about: { subject: string; to: string[] }[] = []
  // Upwards, as all who hold several items take them. Held, so that two files of one text that go at once tell of it once.
  for (const [itemId, of] of [...Map.groupBy(uses, (use) => use.itemId)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const item = await lockItem(tx, itemId)
    if (!item) continue
    const editors = item.writtenIn === null ? [] : await listEditors(tx, item.writtenIn, of.map(({ lang }) => lang), now)
    const answering = [...editors, ...(item.keptBy === null ? [] : [item.keptBy])]
    const to = (answering.length > 0 ? answering : await listOnDuty(tx, { duty: 'steward' }, now)).filter((id) => id !== actor)
    about.push({ subject: itemId, to })
  }
  await notifyOnceADay(tx, 'file-taken-out', about, now)
}
