// Promise: 10,000 press pages are imported and published at 200 items a second or more, and memory stays flat; they go out
// again, and into a backup, with flat memory too.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printMachine, startHouse } from './house.ts'
import { measureImport, measureWord } from './measured-import.ts'

const ITEMS = Number(process.env.ITEMS ?? 10_000)
const MONTHS = ['January', 'March', 'May', 'June', 'August', 'October', 'December']
const PLACES = ['Uruguay', 'Brazil', 'Colombia', 'Haiti', 'Mexico', 'Latin America and the Caribbean']

/** A page of some 300 words in eight paragraphs, as press offices write them. */
const pageOf = (n: number) => {
  const paragraphs = Array.from({ length: 8 }, (_, i) =>
    `Paragraph ${i + 1} of page ${n} says that ${'the organisations ask states to listen to those who work and to guarantee rights '.repeat(3)}in the year ${1990 + (n % 36)}.`)
  return ['Media center', '', `Page ${n} of a measured import`, '', `Page ${n} says what the organisations ask...`, '', ...paragraphs.flatMap((p) => [p, '']),
    'when', '', `${(n % 28) + 1} ${MONTHS[n % MONTHS.length]} ${1990 + (n % 36)}`, '', 'region', '', PLACES[n % PLACES.length], '', 'Measuring network'].join('\n')
}

printMachine()
const folder = mkdtempSync('/var/tmp/altavoz-import-')
for (let n = 1; n <= ITEMS; n++) writeFileSync(join(folder, `${String(n).padStart(6, '0')}.txt`), pageOf(n))
const house = await startHouse()
try {
  await measureImport(house.dataDir, ['src/altavoz.ts', 'import', folder, '--publish'], ITEMS)
  await measureWord(house.dataDir, ['src/altavoz.ts', 'export', join(folder, 'export')])
  await measureWord(house.dataDir, ['src/altavoz.ts', 'backup', join(folder, 'all.backup')])
} finally {
  await house.end()
  rmSync(folder, { recursive: true })
}
