// Promise: a text's PDF and its share card, warm, press included, take 150 ms or less each. And what the press holds in memory.
import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { median, printMachine, pssMb, startHouse } from './house.ts'

const LIMIT_MS = 150
const ROUNDS = Number(process.env.ROUNDS ?? 8)
printMachine()
const house = await startHouse()
try {
  const lists = await Promise.all(['en', 'es', 'pt', 'fr', 'ht'].map(async (lang) => [lang, await (await fetch(`${house.origin}/${lang}/media`)).text()] as const))
  const texts = lists.flatMap(([lang, html]) => [...new Set([...html.matchAll(new RegExp(`href="(/${lang}/media/[a-z0-9-]+)"`, 'g'))].map((found) => found[1]!))])
  for (const [what, below] of [['PDF', '/print.pdf'], ['card', '/card.png']] as const) {
    const first = await took(`${texts[0]}${below}`)
    const figures: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      // Past what is kept: each is made anew. Every text by turns, so that Typst's own memory of the last one helps little.
      for (const text of texts) figures.push(await took(`${text}${below}`))
    }
    const warm = median(figures)
    const slow = [...figures].sort((a, b) => a - b)[Math.floor(figures.length * 0.95)]!
    const verdict = warm <= LIMIT_MS ? 'ok  ' : 'OVER'
    if (warm > LIMIT_MS) process.exitCode = 1
    console.log(`${verdict} ${what}: first ${first.toFixed(0)} ms, then median ${warm.toFixed(0)} ms, p95 ${slow.toFixed(0)} ms over ${figures.length} (limit ${LIMIT_MS}), load ${loadavg()[0]!.toFixed(1)}`)
    const press = pressPid(house.pid)
    if (press) console.log(`     the press holds ${pssMb(press).toFixed(0)} MB, the house ${pssMb(house.pid).toFixed(0)} MB (PSS)`)
  }
} finally {
  await house.end()
}

async function took(path: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(house.origin + path, { headers: { Authorization: 'Bearer none' } })
  const bytes = (await answer.arrayBuffer()).byteLength
  if (answer.status !== 200 || bytes < 1000) throw new Error(`${path} answered ${answer.status} with ${bytes} bytes`)
  return performance.now() - began
}

function pressPid(parent: number): number | undefined {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).find((pid) => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('build/press.js')
    } catch {
      return false
    }
  })
}
