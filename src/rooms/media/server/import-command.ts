import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATOR } from '#kernel/audit/server/audit.ts'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'
import { act } from '#kernel/database/act.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { TooNested } from '#kernel/words/nesting.ts'
import { readPressPage, type ReadPage } from '#rooms/media/import/press-page.ts'
import { type Imported, type Importing, importPressPage } from '#rooms/media/server/import-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'

const LARGEST_FILE = 2_000_000
/** As many as there are connections that write: while one waits for the disk, the others work. */
const AT_ONCE = 4

/** Every file named, and every .txt file of every folder named, in order of their names. */
function filesOf(words: string[]): string[] {
  return words.flatMap((word) => {
    const found = statSync(word, { throwIfNoEntry: false })
    if (!found) throw new Refusal(`There is no file or folder ${word}. Check the path and try again; nothing was imported.`)
    if (!found.isDirectory()) return [word]
    const files = readdirSync(word).filter((name) => name.toLowerCase().endsWith('.txt')).sort().map((name) => join(word, name))
    if (files.length === 0) throw new Refusal(`The folder ${word} holds no .txt file; nothing was imported.`)
    return files
  })
}

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

const WHAT: Record<Imported['what'], string> = {
  new: 'new', changed: 'a new revision', unchanged: 'nothing changed', withdrawn: 'left as it is',
}

class RolledBack extends Error {}

/** Does everything that the import would do, and takes it back. */
async function rehearse(house: CommandHouse, importing: Importing): Promise<Imported> {
  let rehearsed: Imported | undefined
  await house.db.transaction(async (tx) => {
    rehearsed = await importPressPage(tx, importing, OPERATOR, house.clock())
    throw new RolledBack()
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error
  })
  return rehearsed as Imported
}

function asTooNested(error: unknown): TooNested {
  if (error instanceof TooNested) return error
  throw error
}

/** The language to file pages under, when it is given; it must be one that the site shows. */
function languageGiven(option: unknown, languages: string[]): string | undefined {
  if (option === undefined || option === null || option === false) return undefined
  const lang = String(option).toLowerCase()
  if (languages.includes(lang)) return lang
  throw new Refusal(`The site has no language “${lang}”. Write one of: ${languages.join(', ')}. Nothing was imported.`)
}

export const importCommand: Command = {
  usage: 'import <...files>',
  description: 'read press pages in plain text; drafts unless --publish',
  options: [
    { flag: '--publish', description: 'show them to readers at once' },
    { flag: '--dry-run', description: 'say what would happen and change nothing' },
    { flag: '--lang <tag>', description: 'the language of the pages, when it is not told from their words' },
  ],
  examples: ['import statement.txt --publish', 'import press-pages/ --dry-run'],
  async run(house, words, options) {
    const site = await findSite(house.db.read)
    const zone = site?.zone ?? 'UTC'
    const given = languageGiven(options.lang, site?.languages ?? ['en'])
    let failed = 0
    const isRehearsal = options.dryRun === true
    await severalAtOnce(filesOf(words).values().map((file) => ({ file, answer: readPage(file) })), AT_ONCE, {
      // Pages of one title take turns: they want one address, and the same page twice is one item.
      turn: ({ answer }) => (answer.read ? slugOf(answer.page.title) : ''),
      async work({ answer }) {
        if (!answer.read) return undefined
        const { page } = answer
        const importing = { page, lang: given ?? page.lang, publish: options.publish === true, zone }
        const done = await (isRehearsal ? rehearse(house, importing) : act(house, (tx) => importPressPage(tx, importing, OPERATOR, house.clock()))).catch(asTooNested)
        if (done instanceof TooNested) return done
        return { page, done, lang: importing.lang, warnings: [...answer.warnings, ...done.warnings] }
      },
      tell(imported, { file, answer }) {
        if (!imported || imported instanceof TooNested) {
          failed++
          house.say(`left out ${file}: ${imported?.message ?? (answer.read ? '' : answer.reason)}`)
          return
        }
        const { page, done, lang, warnings } = imported
        const outcome = `/${lang}/media/${done.slug} (${WHAT[done.what]}${done.isPublished ? ', published' : ''})`
        // `ok` is said only after the commit: it promises that the item is on the disk.
        house.say(isRehearsal ? `would import ${file}: “${page.title}” ${outcome}` : `ok ${done.itemId} ${outcome}`)
        for (const warning of warnings) house.say(`  note: ${warning}`)
      },
    })
    return failed > 0 ? 1 : 0
  },
}
