import type { IncomingMessage, ServerResponse } from 'node:http'

type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

/** The table of files that the adapter measured at build time. */
export interface AssetTable {
  entries: readonly (readonly [string, unknown])[]
  aliases: readonly (readonly [string, string])[]
}

/** Fonts and icons of the build: the adapter's own code serves them (ranges, validators, immutable names). */
export function serveBuildFiles(tables: readonly AssetTable[], handler: Handler, base: readonly string[]) {
  const paths = new Set(tables.flatMap(({ entries, aliases }) => [...entries.map(([path]) => path), ...aliases.map(([path]) => path)]))
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const path = req.url!.split('?', 1)[0]!
    if (!paths.has(path)) return false
    for (let i = 0; i < base.length; i += 2) res.setHeader(base[i]!, base[i + 1]!)
    if (!path.startsWith('/_app/immutable/')) res.setHeader('Cache-Control', 'public, max-age=86400')
    handler(req, res, () => res.destroy())
    return true
  }
}

/** Answers with the first of two that knows the file. */
export const eitherOf = <T extends unknown[]>(first: (...asked: T) => boolean, second: (...asked: T) => boolean) => (...asked: T): boolean => first(...asked) || second(...asked)
