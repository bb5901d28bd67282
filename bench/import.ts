// Promise: 10,000 press pages are imported and published at 200 items a second or more, and memory stays flat.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { printMachine, startHouse } from './house.ts'

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
  const child = spawn(process.execPath, ['src/altavoz.ts', 'import', folder, '--publish'], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: house.dataDir }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  const rssMb = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  let [done, began] = [0, 0]
  const memory: string[] = []
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('ok ')) continue
    if (done++ === 0) began = performance.now()
    if (done % (ITEMS / 5) === 0) memory.push(`${done}: ${rssMb().toFixed(0)} MB, ${(done / ((performance.now() - began) / 1000)).toFixed(0)}/s`)
  }
  const rate = (done - 1) / ((performance.now() - began) / 1000)
  console.log(memory.join('\n'))
  console.log(`${done} of ${ITEMS} imported and published: ${rate.toFixed(0)} items/s; floor 200`)
  if (done !== ITEMS || rate < 200) process.exitCode = 1
} finally {
  await house.end()
  rmSync(folder, { recursive: true })
}
