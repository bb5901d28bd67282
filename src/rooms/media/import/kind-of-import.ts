import type { Reader } from '#rooms/media/import/incoming.ts'

/** What a file to import is. Each kind but the press page has a reader that is loaded when the first file of it comes. */
export type ImportKind = 'press-page' | keyof typeof READERS

const READERS = {
  wordpress: async () => (await import('#rooms/media/import/wordpress.ts')).readWordpress,
  feed: async () => (await import('#rooms/media/import/feed.ts')).readFeed,
  ghost: async () => (await import('#rooms/media/import/ghost.ts')).readGhost,
  markdown: async () => (await import('#rooms/media/import/front-matter-page.ts')).readFrontMatterPage,
}

/** How many bytes of a file its kind is told from. */
export const BEGINNING = 4096

/** By what it says first, and by its name where that does not tell. Text of no known kind is read as a press page. */
export function kindOfImport(beginning: Uint8Array, name: string): ImportKind {
  const text = new TextDecoder().decode(beginning).replace(/^\ufeff/, '').trimStart()
  if (/<rss\b[^>]*xmlns:wp=/.test(text) || /<wp:wxr_version>/.test(text)) return 'wordpress'
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*|<\?[^>]*\?>\s*)*<(rss|feed|rdf:RDF)\b/i.test(text)) return 'feed'
  if (/^\{[\s\S]{0,400}"version"\s*:\s*"https?:(\\?\/){2}jsonfeed\.org/.test(text)) return 'feed'
  if (/^\{\s*"db"\s*:\s*\[/.test(text) || /^\{\s*"(meta|data)"\s*:\s*\{[\s\S]*"(exported_on|posts)"/.test(text)) return 'ghost'
  if (/^---\r?\n[\s\S]*?^[\w-]+:/m.test(text) || /\.(md|markdown)$/i.test(name)) return 'markdown'
  return 'press-page'
}

export const readerOf = (kind: Exclude<ImportKind, 'press-page'>): Reader => async function* (bytes, name) {
  const read = await READERS[kind]()
  yield* read(bytes, name)
}
