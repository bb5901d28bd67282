import { keepExportedBlobs } from '#kernel/blobs/server/exported-files.ts'
import type { Blobs } from '#kernel/blobs/server/blobs.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import type { ExportFolder, ExportedFile } from '#kernel/export/server/export-reader.ts'
import { readYaml } from '#kernel/export/yaml-text.ts'
import type { Lang } from '#kernel/language/language.ts'
import { ExportedItem, ITEM_FILE } from '#rooms/media/export/exported-item.ts'
import { type ExportedRevision, readText } from '#rooms/media/export/exported-text.ts'
import { hashesOf } from '#rooms/media/shown.ts'
import type { TakingBack } from '#rooms/media/server/take-back-actions.ts'

/** The folders of items one after the other, each with the files that were written into it. */
export async function* itemFolders(folder: ExportFolder): AsyncGenerator<{ path: string; files: ExportedFile[] }> {
  let [open, files]: [string, ExportedFile[]] = ['', []]
  for await (const file of folder.files()) {
    const path = /^items\/[^/]+/.exec(file.path)?.[0]
    if (!path) continue
    if (path !== open && files.length > 0) {
      yield { path: open, files }
      files = []
    }
    open = path
    files.push(file)
  }
  if (files.length > 0) yield { path: open, files }
}

/**
 * Reads an item's folder whole, and keeps the files that it shows. @throws NotAsWritten
 * @param isRehearsal nothing is kept
 */
export async function readItemFolder(
  blobs: Blobs, folder: ExportFolder, { path, files }: { path: string; files: ExportedFile[] }, isRehearsal: boolean,
): Promise<Pick<TakingBack, 'item' | 'revisions' | 'nameFiles'>> {
  const file = files.find((one) => one.path === `${path}/${ITEM_FILE}`)
  if (!file) throw new NotAsWritten(`${path}/${ITEM_FILE} is missing`)
  const item = readYaml(file.path, await folder.read(file), ExportedItem)
  const revisions = new Map<Lang, ExportedRevision[]>()
  for (const [lang, names] of Object.entries(item.texts)) {
    const texts: ExportedRevision[] = []
    for (const name of names) texts.push(readText(`${path}/${name}`, await folder.readAsItIs(`${path}/${name}`)))
    const other = texts.find((one) => one.lang !== lang || one.kind !== item.kind)
    if (other) throw new NotAsWritten(`its text ${lang} ${other.number} says that it is of another language or kind`)
    revisions.set(lang, texts)
  }
  const listed = new Set(item.files.map(({ hash }) => hash))
  const lacking = [...revisions.values()].flat().flatMap(({ frozen }) => hashesOf(frozen)).find((hash) => !listed.has(hash))
  if (lacking) throw new NotAsWritten(`${file.path} names no file for what a text shows (${lacking})`)
  return { item, revisions, nameFiles: await keepExportedBlobs(blobs, folder, item.files, isRehearsal) }
}
