import { isUntouched, OPERATOR } from '#kernel/audit/server/audit.ts'
import { keepExportedBlobs } from '#kernel/blobs/server/exported-files.ts'
import type { CommandHouse } from '#kernel/commands/command.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import { type ExportFolder, type ExportedFile, openExport } from '#kernel/export/server/export-reader.ts'
import { readYaml } from '#kernel/export/yaml-text.ts'
import { takeBackSite } from '#kernel/site/server/site-export.ts'
import { findSite } from '#kernel/site/server/site-queries.ts'
import { ExportedRedirects, ExportedTopics } from '#rooms/media/export/exported-item.ts'
import { REDIRECTS_FILE, TOPICS_FILE } from '#rooms/media/server/item-export.ts'
import { itemFolders, readItemFolder } from '#rooms/media/server/item-take-back.ts'
import { keepReport, showCount } from '#rooms/media/server/import-report.ts'
import { actOrRehearse, OUTCOMES } from '#rooms/media/server/import-run.ts'
import { takeBackItem, takeBackReplacements, type TakenBack } from '#rooms/media/server/take-back-actions.ts'
import { clearStarter, takeBackSiteRedirects, takeBackTopics } from '#rooms/media/server/take-back-topic-actions.ts'
import { ExportedOrganisation } from '#rooms/people/server/exported-organisation.ts'
import { takeBackOrganisation } from '#rooms/people/server/take-back-actions.ts'

interface Run {
  house: CommandHouse
  folder: ExportFolder
  isRehearsal: boolean
  publish: boolean
  /** A house in which nobody has done anything becomes the one of the export, settings and all. */
  isFresh: boolean
  /** The house of the export: what readers saw there they see here, and organisations agreed to be shown on this site. */
  isSameSite: boolean
  zone: string
  tell(line: string): void
}

/** Takes an export back, thing by thing, each in an act of its own. @returns the exit code */
export async function takeBack(house: CommandHouse, path: string, options: { publish: boolean; isRehearsal: boolean }): Promise<number> {
  const folder = await openExport(path)
  const site = await findSite(house.db.read)
  const isFresh = await isUntouched(house.db.read)
  const lines: string[] = []
  const progress = showCount()
  const run: Run = {
    house, folder, ...options, isFresh, isSameSite: isFresh || site?.identity === folder.head.identity, zone: site?.zone ?? 'UTC',
    tell(line) {
      progress.count()
      lines.push(line)
      house.say(line)
    },
  }
  const files = await filesOfHouse(folder)
  await takeBackHouse(run, files)
  let failed = await takeBackOrganisations(run, files.filter((file) => file.path.startsWith('organisations/')))
  failed += await takeBackItems(run)
  progress.end()
  if (!run.isRehearsal) keepReport(house, lines)
  return failed > 0 ? 1 : 0
}

async function filesOfHouse(folder: ExportFolder): Promise<ExportedFile[]> {
  const files: ExportedFile[] = []
  for await (const file of folder.files()) if (!/^(items|files)\//.test(file.path)) files.push(file)
  return files
}

/** In a rehearsal of a first import each act begins with an empty house, as the real one will. */
const actIn = <T>(run: Run, work: (tx: Tx) => Promise<T>): Promise<T> =>
  actOrRehearse(run, async (tx) => {
    if (run.isRehearsal && run.isFresh) await clearStarter(tx)
    return work(tx)
  })

/** Site, topics and redirects: one act, without which nothing else is begun. */
async function takeBackHouse(run: Run, files: readonly ExportedFile[]): Promise<void> {
  const { house, folder, isFresh } = run
  const textOf = async (path: string) => {
    const file = files.find((one) => one.path === path)
    if (!file) throw new NotAsWritten(`${path} is missing`)
    return folder.read(file)
  }
  try {
    const topics = readYaml(TOPICS_FILE, await textOf(TOPICS_FILE), ExportedTopics)
    const redirects = readYaml(REDIRECTS_FILE, await textOf(REDIRECTS_FILE), ExportedRedirects)
    const notes = await actIn(run, async (tx) => {
      if (isFresh) await clearStarter(tx)
      if (isFresh) await takeBackSite(tx, folder, files, OPERATOR, house.clock())
      const told = await takeBackTopics(tx, topics, OPERATOR, house.clock())
      await takeBackSiteRedirects(tx, redirects)
      return told
    })
    run.tell(isFresh ? 'the site is as it was: settings, fixed pages, topics' : 'note: settings and fixed pages stay as they are here')
    for (const note of notes) run.tell(`note: ${note}`)
  } catch (error) {
    throw new Refusal(`${reasonOf(error)}. Nothing was imported.`)
  }
}

async function takeBackOrganisations(run: Run, files: readonly ExportedFile[]): Promise<number> {
  const { house, folder, isRehearsal, isSameSite } = run
  let failed = 0
  for (const file of files) {
    try {
      const organisation = readYaml(file.path, await folder.read(file), ExportedOrganisation)
      const nameFiles = await keepExportedBlobs(house.blobs, folder, organisation.files, isRehearsal)
      const outcome = await actIn(run, async (tx) => {
        await nameFiles(tx, house.clock())
        return takeBackOrganisation(tx, organisation, isSameSite, OPERATOR, house.clock())
      })
      if (outcome === 'malformed') throw new NotAsWritten(`${file.path} is no organisation as it may be written down`)
      if (outcome === 'slug-taken') throw new NotAsWritten(`${organisation.slug} is another organisation’s address here`)
      if (outcome === 'new') run.tell(`${isRehearsal ? 'would take back' : 'ok'} organisation ${organisation.slug}`)
      if (outcome === 'new' && !isSameSite && organisation.agreedToBeShownAt) run.tell(`  note: it agreed to be shown on the other site; when it has here: bin/altavoz organisation agreed ${organisation.slug}`)
    } catch (error) {
      failed++
      run.tell(`left out ${file.path}: ${reasonOf(error)}`)
    }
  }
  return failed
}

async function takeBackItems(run: Run): Promise<number> {
  const { house, folder, isRehearsal, isSameSite, publish, zone } = run
  const replacements: { withdrawalId: string; itemId: string; replacedBy: string }[] = []
  let failed = 0
  for await (const itemFolder of itemFolders(folder)) {
    try {
      const read = await readItemFolder(house.blobs, folder, itemFolder, isRehearsal)
      const done = await actIn(run, (tx) => takeBackItem(tx, { ...read, asItWas: isSameSite || publish, publish, zone }, OPERATOR, house.clock()))
      tellTakenBack(run, itemFolder.path, read.item.id, done)
      for (const { id, replacedBy } of read.item.withdrawals) if (replacedBy) replacements.push({ withdrawalId: id, itemId: read.item.id, replacedBy })
    } catch (error) {
      failed++
      run.tell(`left out ${itemFolder.path}: ${reasonOf(error)}`)
    }
  }
  if (replacements.length > 0) await actIn(run, (tx) => takeBackReplacements(tx, replacements))
  return failed
}

function tellTakenBack({ isRehearsal, tell }: Run, path: string, id: string, { texts, notes }: TakenBack): void {
  for (const { lang, slug, title, what, isPublished } of texts) {
    const outcome = `/${lang}/media/${slug} (${OUTCOMES[what]}${isPublished ? ', with its publications' : ''})`
    tell(isRehearsal ? `would take back ${path}: “${title}” ${outcome}` : `ok ${id} ${outcome}`)
  }
  for (const note of notes) tell(`  note: ${note}`)
}

/** What a stranger's folder can bring about; all else is a fault of ours and goes on up. */
function reasonOf(error: unknown): string {
  if (error instanceof NotAsWritten || error instanceof Refusal) return error.message.replace(/\.$/, '')
  const { code, constraint } = error as { code?: unknown; constraint?: string }
  // Values that the database refuses, and ids that something else has here.
  if (typeof code === 'string' && /^2[23]/.test(code)) return `the database refuses it${constraint ? ` (${constraint})` : ''}: another thing here has an id of it, or it contradicts itself`
  throw error
}
