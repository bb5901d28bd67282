// What readers may see of a whole site, to compare before and after.
import type { RunningHouse } from './running-house.ts'

/** Status and bytes of these addresses, of all that the site's sitemaps name, and of every file that any of them shows. */
export async function everythingPublic({ origin }: Pick<RunningHouse, 'origin'>, addresses: readonly string[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  const waiting = [...addresses]
  while (waiting.length > 0) {
    const path = waiting.pop()!
    if (seen.has(path)) continue
    const answer = await fetch(origin + path, { redirect: 'manual' })
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    seen.set(path, `${answer.status} ${text}`)
    if (path.startsWith('/sitemap')) waiting.push(...[...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url!).pathname))
    waiting.push(...[...text.matchAll(/"(\/blob\/[^"]+)"/g)].map(([, blob]) => blob!))
  }
  return seen
}
