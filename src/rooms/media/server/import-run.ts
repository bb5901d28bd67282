import type { CommandHouse } from '#kernel/commands/command.ts'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Network } from '#kernel/fetching/server/fetch-public.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { LabelMap } from '#rooms/media/import/labels.ts'
import type { BroughtIn } from '#rooms/media/server/incoming-actions.ts'
import type { Progress } from '#rooms/media/server/import-progress.ts'
import type { Topic } from '#rooms/media/topic.ts'

/** As many as there are connections that write: while one waits for the disk, the others work. */
export const AT_ONCE = 4

/** What one run of the import knows. */
export interface ImportRun {
  house: CommandHouse
  zone: string
  /** The site's languages. */
  languages: readonly Lang[]
  /** `--lang`: the language of texts that name none. */
  given: Lang | undefined
  publish: boolean
  isRehearsal: boolean
  uploads: string | undefined
  /** With `--fetch`: the network that may be reached; without, no address is asked for. */
  network: Network | undefined
  topics: readonly Topic[]
  /** Labels that were met, with the topic that each stands for; filled on the way. */
  labels: LabelMap
  progress: Progress
  /** One line of the report. */
  tell(line: string): void
}

class RolledBack extends Error {}

/** Does it in one act; in a rehearsal does all of it too, and takes it back. */
export async function actOrRehearse<T>({ house, isRehearsal }: Pick<ImportRun, 'house' | 'isRehearsal'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!isRehearsal) return act(house, work)
  let rehearsed: { done: T } | undefined
  await house.db.transaction(async (tx) => {
    rehearsed = { done: await work(tx) }
    throw new RolledBack()
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error
  })
  return rehearsed!.done
}

/** What became of one text of an import, or why it was left out. */
export type Worked = { done: Pick<BroughtIn, 'itemId' | 'slug' | 'what' | 'isPublished'>; lang: Lang; title: string; notes: string[] } | { reason: string }

/** How each outcome is told. */
export const OUTCOMES: Record<BroughtIn['what'], string> = {
  new: 'new', changed: 'a new revision', unchanged: 'nothing changed', withdrawn: 'left as it is', beside: 'a draft beside it',
}

/** @param where the file, and the place in it where it holds several texts */
export function tellWorked(run: ImportRun, where: string, worked: Worked): void {
  if ('reason' in worked) return run.tell(`left out ${where}: ${worked.reason}`)
  const { done, lang, title, notes } = worked
  const outcome = `/${lang}/media/${done.slug} (${OUTCOMES[done.what]}${done.isPublished ? ', published' : ''})`
  // `ok` is said only after the commit: it promises that the item is on the disk.
  run.tell(run.isRehearsal ? `would import ${where}: “${title}” ${outcome}` : `ok ${done.itemId} ${outcome}`)
  for (const note of notes) run.tell(`  note: ${note}`)
}
