import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Coding, encode, negotiateCoding } from '#kernel/page-cache/coding.ts'

/**
 * The scripts that a page of the desk loads when somebody needs them. Each is named by what is in it, so a browser keeps it for good,
 * and a page of an older program finds none: it goes on without.
 * @param folder of the build @param at the path that they answer at, with a slash at its end
 */
export async function serveLoadedScripts(folder: URL, at: string, base: readonly string[]) {
  const names = await readdir(folder)
  const files = new Map(await Promise.all(names.map(async (name) => [at + name, new Map<Coding, Buffer>([['identity', await readFile(new URL(name, folder))]])] as const)))
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const file = files.get(req.url!)
    if (!file || (req.method !== 'GET' && req.method !== 'HEAD')) return false
    const coding = negotiateCoding(req.headers['accept-encoding'])
    const bytes = file.get(coding) ?? encode(file.get('identity')!, coding)
    file.set(coding, bytes)
    res.writeHead(200, [
      ...base, 'Content-Type', 'text/javascript; charset=utf-8', 'Cache-Control', 'public, max-age=31536000, immutable', 'Vary', 'Accept-Encoding',
      ...(coding === 'identity' ? [] : ['Content-Encoding', coding]), 'Content-Length', String(bytes.length),
    ])
    if (req.method === 'HEAD') res.end()
    else res.end(bytes)
    return true
  }
}
