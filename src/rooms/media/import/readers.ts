import type { Reader } from '#rooms/media/import/incoming.ts'
import type { ImportKind } from '#rooms/media/import/kind-of-import.ts'

/** What one file may hold many texts of. */
export type FileKind = Exclude<ImportKind, 'press-page'>

// Each is loaded when the first file of its kind comes: a press page needs none of their packages.
const READERS: Record<FileKind, () => Promise<Reader>> = {
  wordpress: async () => (await import('#rooms/media/import/wordpress.ts')).readWordpress,
  feed: async () => (await import('#rooms/media/import/feed.ts')).readFeed,
  ghost: async () => (await import('#rooms/media/import/ghost.ts')).readGhost,
  docx: async () => (await import('#rooms/media/import/docx.ts')).readDocx,
  page: async () => (await import('#rooms/media/import/html-page.ts')).readHtmlPage,
  markdown: async () => (await import('#rooms/media/import/front-matter-page.ts')).readFrontMatterPage,
}

export const readerOf = (kind: FileKind): Reader => async function* (bytes, name) {
  const read = await READERS[kind]()
  yield* read(bytes, name)
}
