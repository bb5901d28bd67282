import { closeSync, type Dirent, existsSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, CommandHouse } from '#kernel/commands/command.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { PUBLIC } from '#kernel/fetching/server/fetch-public.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { HEAD, type ImportKind, kindOfImport } from '#rooms/media/import/kind-of-import.ts'
import { type LabelMap, readLabels, writeLabels } from '#rooms/media/import/labels.ts'
import { showProgress } from '#rooms/media/server/import-progress.ts'
import { keepReport } from '#rooms/media/server/import-report.ts'
import type { ImportRun } from '#rooms/media/server/import-run.ts'
import { importIncoming } from '#rooms/media/server/incoming-command.ts'
import { fetchTexts } from '#rooms/media/server/import-fetching.ts'
import { importPressPages } from '#rooms/media/server/press-page-import.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import type { Topic } from '#rooms/media/topic.ts'

const ADDRESS = /^https?:\/\//i

const ENDINGS = ['.txt', '.md', '.markdown', '.xml', '.wxr', '.rss', '.atom', '.rdf', '.json', '.docx']
const READABLE = new RegExp(`(${ENDINGS.map((ending) => ending.replace('.', '\\.')).join('|')})$`, 'i')

/** Every file named, and every one of a kind that can be read of every folder named, in order of their names. */
function filesOf(words: string[]): { files: string[]; links: string[] } {
  const links: string[] = []
  const files = words.filter((word) => !ADDRESS.test(word)).flatMap((word) => {
    const found = statSync(word, { throwIfNoEntry: false })
    if (!found) throw new Refusal(`There is no file or folder ${word}. Check the path and try again; nothing was imported.`)
    if (!found.isDirectory()) return [word]
    const entries = readdirSync(word, { withFileTypes: true }).filter(({ name }) => READABLE.test(name))
    const pathsOf = (some: Dirent[]) => some.map(({ name }) => join(word, name)).sort()
    // A link may lead out of the folder that was named.
    links.push(...pathsOf(entries.filter((entry) => entry.isSymbolicLink())))
    const inside = pathsOf(entries.filter((entry) => entry.isFile()))
    if (inside.length === 0) throw new Refusal(`The folder ${word} holds no file that can be imported (${ENDINGS.join(', ')}); nothing was imported.`)
    return inside
  })
  return { files, links }
}

/** The language to file pages under, when it is given; it must be one that the site shows. */
function languageGiven(option: unknown, languages: string[]): string | undefined {
  if (option === undefined || option === null || option === false) return undefined
  const lang = String(option).toLowerCase()
  if (languages.includes(lang)) return lang
  throw new Refusal(`The site has no language “${lang}”. Write one of: ${languages.join(', ')}. Nothing was imported.`)
}

/** The folder of `--uploads`, or nothing. */
function uploadsGiven(option: unknown): string | undefined {
  if (option === undefined) return undefined
  const folder = String(option)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
  throw new Refusal(`There is no folder ${folder}. Name the old site’s folder of uploads after --uploads; nothing was imported.`)
}

/** The mapping that was filled in; an empty one at the first run. */
function labelsGiven(file: string, topics: readonly Topic[]): LabelMap {
  if (!existsSync(file)) return new Map()
  const labels = readLabels(readFileSync(file, 'utf8'), topics)
  if (typeof labels === 'string') throw new Refusal(`The mapping ${file} was not understood: ${labels}. Mend that line and run the import again; nothing was imported.`)
  return labels
}

/** What labels stand for, as a file to fill in: written at the first run, and again when labels came that it does not hold. */
function keepLabels(house: CommandHouse, file: string, labels: LabelMap, topics: readonly Topic[]): void {
  writeFileSync(file, writeLabels(labels, topics))
  const open = [...labels.values()].filter((key) => key === '').length
  house.say(`note: ${labels.size} categories and tags stand in ${file}; ${open} of them have no topic. Fill them in and run the same import again.`)
}

export const importCommand: Command = {
  usage: 'import <...files>',
  description: 'read texts: WordPress (WXR), feeds, Ghost, Markdown, .docx, press pages in plain text; drafts unless --publish',
  options: [
    { flag: '--publish', description: 'show readers at once what was public there' },
    { flag: '--dry-run', description: 'say what would happen and change nothing' },
    { flag: '--lang <tag>', description: 'the language of texts that name none, when it is not told from their words' },
    { flag: '--uploads <folder>', description: 'the old site’s folder of uploads (wp-content/uploads)' },
    { flag: '--topics <file>', description: 'which topic each category and tag stands for; the first run writes it' },
    { flag: '--fetch', description: 'fetch addresses that are named, and files that texts show, from the public network' },
    { flag: '--same-item', description: 'these press pages are the languages of one text' },
  ],
  examples: ['import statement.txt --publish', 'import old-site.xml --uploads wp-content/uploads --dry-run', 'import https://old.example/feed/ --fetch', 'import nota.es.txt note.fr.txt --same-item'],
  async run(house, words, options) {
    const site = await findSite(house.db.read)
    const languages = site?.languages ?? ['en']
    const network = options.fetch === true ? (house.network ?? PUBLIC) : undefined
    const addresses = words.filter((word) => ADDRESS.test(word))
    if (addresses.length > 0 && !network) throw new Refusal(`${addresses[0]} is an address of the network, which nothing asks for without --fetch; nothing was imported.`)
    const found = filesOf(words)
    const fetched = network ? await fetchTexts(house.dataDir, addresses, network) : { files: [], refused: [] }
    const files = [...found.files.map((file) => ({ file, path: file, kind: kindOfFile(file) })), ...fetched.files]
    const pages = files.filter(({ kind }) => kind === 'press-page').map(({ file }) => file)
    if (options.sameItem === true && pages.length < files.length) throw new Refusal('--same-item is for press pages in plain text alone; nothing was imported.')
    const topics = await listTopics(house.db.read)
    const topicsFile = String(options.topics ?? 'altavoz-topics.yaml')
    const labels = labelsGiven(topicsFile, topics)
    const known = labels.size
    const lines: string[] = []
    const progress = showProgress(process.stderr, files.map(({ path }) => path), () => performance.now())
    const run: ImportRun = {
      house, zone: site?.zone ?? 'UTC', languages, given: languageGiven(options.lang, languages), publish: options.publish === true,
      isRehearsal: options.dryRun === true, uploads: uploadsGiven(options.uploads), network, topics, labels, progress,
      tell(line) {
        progress.count(line)
        lines.push(line)
        house.say(line)
      },
    }
    for (const link of found.links) run.tell(`left out ${link}: it is a symbolic link, which may lead out of the folder; name the file that it leads to`)
    for (const { address, reason } of fetched.refused) run.tell(`left out ${address}: ${reason}`)
    let failed = found.links.length + fetched.refused.length + (await importPressPages(run, pages, options.sameItem === true))
    try {
      failed += await importIncoming(run, files.flatMap(({ file, path, kind }) => (kind === 'press-page' ? [] : [{ path, name: file, kind }])))
    } finally {
      for (const { path } of fetched.files) rmSync(path, { force: true })
    }
    progress.end()
    if (labels.size > known) keepLabels(house, topicsFile, labels, topics)
    if (!run.isRehearsal && pages.length < files.length) keepReport(house, lines)
    return failed > 0 ? 1 : 0
  },
}

/** What no reader knows is read as a press page, which says of it that it is no plain text. */
function kindOfFile(file: string): ImportKind {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.isFile() ? (kindOfImport(beginningOf(file), file) ?? 'press-page') : 'press-page'
}

/** Empty for a file that cannot be opened: reading it whole says why. */
function beginningOf(file: string): Uint8Array {
  const bytes = Buffer.alloc(HEAD)
  try {
    const opened = openSync(file, 'r')
    const read = readSync(opened, bytes)
    closeSync(opened)
    return bytes.subarray(0, read)
  } catch {
    return bytes.subarray(0, 0)
  }
}
