// Promise: HTML and style over the wire (Brotli): list and fixed pages 14 KB or less, an item 10 KB or less beyond its own
// text; no executable script anywhere.
import { brotliCompressSync } from 'node:zlib'
import { sleep, startHouse } from './house.ts'
import { fetchRaw } from './nginx.ts'

const LANGS = ['en', 'es', 'pt', 'fr', 'ht']
const house = await startHouse()
let isOver = false
try {
  for (const lang of LANGS) {
    const list = await (await fetch(`${house.origin}/${lang}/media`)).text()
    const items = [...new Set([...list.matchAll(new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`, 'g'))].map((found) => found[1]!))]
    for (const path of [`/${lang}/`, `/${lang}/media`, `/${lang}/about`, `/${lang}/privacy`, `/${lang}/accessibility`, `/${lang}/press`, `/${lang}/words`, `/${lang}/corrections`, `/${lang}/organisations`, `/${lang}/calendar`, `/${lang}/media?q=uruguay`, ...items]) {
      await weigh(path, items.includes(path))
    }
  }
} finally {
  await house.end()
}
if (isOver) process.exitCode = 1

async function weigh(path: string, isItem: boolean) {
  for (let i = 0; i < 3; i++) await fetchRaw(house.origin + path, { 'Accept-Encoding': 'br' })
  await sleep(150)
  const { body, status } = await fetchRaw(house.origin + path, { 'Accept-Encoding': 'br' })
  const html = await (await fetch(house.origin + path)).text()
  const scripts = [...html.matchAll(/<script(?![^>]*application\/ld\+json)[^>]*>/g)].length
  const text = isItem ? brotliCompressSync(/<article[\s\S]*<\/article>/.exec(html)?.[0].replace(/<[^>]+>/g, ' ') ?? '').length : 0
  const limit = isItem ? 10 * 1024 + text : 14 * 1024
  const verdict = body.length <= limit && scripts === 0 && status === 200 ? 'ok  ' : 'OVER'
  if (verdict === 'OVER') isOver = true
  console.log(`${verdict} ${String(body.length).padStart(6)} B of ${limit}${isItem ? ` (own text ${text})` : ''}, ${scripts} scripts, ${status} ${path}`)
}
