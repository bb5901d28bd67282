import { readFileSync, statSync } from 'node:fs'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'
import type { Lang } from '#kernel/language/language.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { readPressPage, type ReadPage } from '#rooms/media/import/press-page.ts'
import { importPressPage } from '#rooms/media/server/import-actions.ts'
import { actOrRehearse, AT_ONCE, type ImportRun, tellWorked, type Worked } from '#rooms/media/server/import-run.ts'
import { slugOf } from '#rooms/media/slug.ts'

const LARGEST_FILE = 2_000_000

function readPage(path: string): ReadPage {
  let bytes: Buffer
  try {
    const found = statSync(path)
    if (!found.isFile()) return { read: false, reason: 'it is not a file' }
    if (found.size > LARGEST_FILE) return { read: false, reason: 'it is too large for one press page' }
    bytes = readFileSync(path)
  } catch (error) {
    return { read: false, reason: `it cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` }
  }
  return readPressPage(new TextDecoder('utf-8').decode(bytes)) // bytes that are no UTF-8 become U+FFFD, which it refuses
}

function asUnrenderable(error: unknown): Unrenderable {
  if (error instanceof Unrenderable) return error
  throw error
}

/**
 * Brings in press pages in plain text, and says of each what became of it.
 * @param sameItem the pages are the languages of one item, the first of them its original
 * @returns how many were left out
 */
export async function importPressPages(run: ImportRun, files: string[], sameItem: boolean): Promise<number> {
  const { house, isRehearsal } = run
  let failed = 0
  let sameAs: string | undefined
  const langs = new Set<Lang>()
  await severalAtOnce(files.values().map((file) => ({ file, answer: readPage(file) })), AT_ONCE, {
    // Pages of one title take turns: they want one address, and the same page twice is one item. So do those of one item.
    turns: ({ answer }) => [answer.read && !sameItem ? slugOf(answer.page.title) : ''],
    async work({ answer }): Promise<Worked> {
      if (!answer.read) return { reason: answer.reason }
      const { page } = answer
      const lang = run.given ?? page.lang
      if (sameItem && langs.has(lang)) return { reason: `its language is ${lang}, and another file of this item has that already; name files of different languages` }
      const importing = { page, lang, publish: run.publish, zone: run.zone, ...(sameAs !== undefined && { sameAs }) }
      const done = await actOrRehearse(run, (tx) => importPressPage(tx, importing, OPERATOR, house.clock())).catch(asUnrenderable)
      if (done instanceof Unrenderable) return { reason: done.message }
      if (sameItem) {
        langs.add(lang)
        // What is rehearsed is taken back: nothing can join it.
        if (!isRehearsal) sameAs ??= done.itemId
      }
      return { done, lang, title: page.title, notes: [...answer.warnings, ...done.warnings] }
    },
    tell(worked, { file }) {
      if ('reason' in worked) failed++
      tellWorked(run, file, worked)
    },
  })
  return failed
}
