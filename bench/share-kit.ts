// What is shared of a text, warm, press included: a square and a story take 250 ms or less each, a press kit (a PDF, both pictures, texts in all languages) 750 ms.
import { loadavg } from 'node:os'
import { median, printMachine, startHouse } from './house.ts'

const LIMITS = { square: 250, story: 250, kit: 750 }
const ROUNDS = Number(process.env.ROUNDS ?? 3)
printMachine()
const house = await startHouse()
try {
  const lists = await Promise.all(['en', 'es', 'pt', 'fr', 'ht'].map(async (lang) => [lang, await (await fetch(`${house.origin}/${lang}/media`)).text()] as const))
  const texts = lists.flatMap(([lang, html]) => [...new Set([...html.matchAll(new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`, 'g'))].map((found) => found[1]!))])
  for (const [what, below] of [['square', '/square.png'], ['story', '/story.png'], ['kit', '/kit.zip']] as const) {
    const first = await took(`${texts[0]}${below}`)
    const made: { ms: number; bytes: number }[] = []
    // Past what is kept: each is made anew. Every text by turns, so that Typst's own memory of the last one helps little.
    for (let round = 0; round < ROUNDS; round++) for (const text of texts) made.push(await took(`${text}${below}`))
    const sorted = made.map(({ ms }) => ms).sort((a, b) => a - b)
    const [warm, slow, kilobytes] = [median(sorted), sorted[Math.floor(sorted.length * 0.95)]!, median(made.map(({ bytes }) => bytes)) / 1000]
    if (warm > LIMITS[what]) process.exitCode = 1
    console.log(`${warm <= LIMITS[what] ? 'ok  ' : 'OVER'} ${what}: first ${first.ms.toFixed(0)} ms, then median ${warm.toFixed(0)} ms, p95 ${slow.toFixed(0)} ms over ${made.length} (limit ${LIMITS[what]}), ${kilobytes.toFixed(0)} kB, load ${loadavg()[0]!.toFixed(1)}`)
  }
} finally {
  await house.end()
}

async function took(path: string): Promise<{ ms: number; bytes: number }> {
  const began = performance.now()
  const answer = await fetch(house.origin + path, { headers: { Authorization: 'Bearer none' } })
  const bytes = (await answer.arrayBuffer()).byteLength
  if (answer.status !== 200 || bytes < 1000) throw new Error(`${path} answered ${answer.status} with ${bytes} bytes`)
  return { ms: performance.now() - began, bytes }
}
