// Promise: from 1,000 to 100,000 items nothing public grows worse than logarithmically: what a page asks of the database, in an
// archive of each size, as medians. Ten times the items may cost LIMIT times as much. Writes the plot docs/growth.svg.
// FOLDER keeps the archives for a second run (FOLDER/1000, FOLDER/10000, …); filling 100,000 takes 20 minutes.
import { writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Databases } from '#kernel/database/databases.ts'
import { UI_LANGS } from '#kernel/language/language.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { findList } from '#rooms/media/server/search-queries.ts'
import { openArchive, vocabulary } from './archive.ts'
import { median, printMachine, pssMb } from './house.ts'

const SIZES = (process.env.SIZES ?? '1000,10000,100000').split(',').map(Number)
const WORDS = Number(process.env.WORDS ?? 200)
const ROUNDS = Number(process.env.ROUNDS ?? 40)
/** Counting ends at 2,000 texts, which an archive of 1,000 does not have: so much more is no growth with the archive. */
const LIMIT = 2.2
const now = Temporal.Now.instant()

/** What each kind of page asks; `n` counts the rounds, so that no two ask for the same. */
function asksOf(db: Databases, slugs: string[]): Record<string, (n: number) => Promise<unknown>> {
  const rare = (n: number) => vocabulary[0]![5000 + 37 * n]!
  return {
    'item': (n) => db.snapshot((read) => findPublishedItem(read, 'en', slugs[n % slugs.length]!, now)),
    'list': () => db.snapshot((read) => findList(read, { lang: 'en' }, '', 1, now, UI_LANGS)),
    'list of a region': () => db.snapshot((read) => findList(read, { lang: 'en', region: 'UY' }, '', 1, now, UI_LANGS)),
    'list, page 50': () => db.snapshot((read) => findList(read, { lang: 'en' }, '', 50, now, UI_LANGS)),
    'feed': () => db.snapshot((read) => listForFeed(read, { lang: 'en' }, now)),
    'search, rare word': (n) => db.snapshot((read) => findList(read, { lang: 'en' }, rare(n), 1, now, UI_LANGS)),
  }
}

printMachine()
const figures: Record<string, number[]> = {}
for (const size of SIZES) {
  const folder = process.env.FOLDER && `${process.env.FOLDER}/${size}`
  const { db, end } = await openArchive(size, WORDS, folder || undefined)
  try {
    const { rows } = await sql<{ slug: string }>`select slug from item_slug where lang = 'en' order by md5(slug) limit ${ROUNDS}`.execute(db.read as never)
    for (const [name, ask] of Object.entries(asksOf(db, rows.map((row) => row.slug)))) {
      const times: number[] = []
      for (let n = -5; n < ROUNDS; n++) {
        const began = performance.now()
        await ask(n + 5)
        if (n >= 0) times.push(performance.now() - began)
      }
      figures[name] = [...(figures[name] ?? []), median(times)]
    }
  } finally {
    await end()
  }
  console.log(`${size} items: ${Object.entries(figures).map(([name, all]) => `${name} ${all.at(-1)!.toFixed(1)} ms`).join(', ')}; this process ${pssMb(process.pid).toFixed(0)} MB`)
}
for (const [name, all] of Object.entries(figures)) {
  const steps = all.slice(1).map((ms, i) => ms / all[i]!)
  // Below a few milliseconds the clock says more about the machine than about the archive.
  const isOver = steps.some((step, i) => step > LIMIT && all[i + 1]! > 5)
  if (isOver) process.exitCode = 1
  console.log(`${isOver ? 'OVER' : 'ok  '} ${name}: ${steps.map((step) => `× ${step.toFixed(2)}`).join(', ')} a tenfold archive (limit ${LIMIT})`)
}
writeFileSync('docs/growth.svg', plot())

function plot(): string {
  const most = Math.max(...Object.values(figures).flat()) * 1.1
  const x = (i: number) => 70 + (i * 420) / Math.max(1, SIZES.length - 1)
  const y = (ms: number) => 300 - (ms / most) * 260
  const dashes = ['', '6 3', '2 3', '10 4', '1 2', '8 2 2 2']
  const lines = Object.entries(figures).map(([name, all], i) => `<g fill="none" stroke="currentColor" stroke-dasharray="${dashes[i % dashes.length]}"><polyline points="${all.map((ms, n) => `${x(n)},${y(ms).toFixed(1)}`).join(' ')}"/></g>
<path d="M500 ${40 + 22 * i}h30" stroke="currentColor" stroke-dasharray="${dashes[i % dashes.length]}"/><text x="538" y="${44 + 22 * i}">${name}: ${all.map((ms) => ms.toFixed(1)).join(', ')} ms</text>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 340" font-family="sans-serif" font-size="12" role="img"><title>Milliseconds that a page asks of the database, by the size of the archive</title>
<rect width="860" height="340" fill="#fff"/><g color="#1d1412">${[0, 0.25, 0.5, 0.75, 1].map((part) => `<path d="M70 ${y(most * part)}h420" stroke="#ccc"/><text x="64" y="${y(most * part) + 4}" text-anchor="end">${(most * part).toFixed(0)} ms</text>`).join('')}
${SIZES.map((size, i) => `<text x="${x(i)}" y="320" text-anchor="middle">${size.toLocaleString('en')} items</text>`).join('')}
${lines.join('\n')}</g></svg>
`
}
