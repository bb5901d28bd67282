// A page of several statements is read at one moment: its list and its counts agree, whatever is published meanwhile.
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { writePressPage } from './press-pages.ts'
import { askRaw } from './raw-request.ts'
import { type RunningHouse, runHouse } from './running-house.ts'

const FILES = 300

let house: RunningHouse
beforeAll(async () => {
  house = await runHouse({}, ['--bare'])
}, 120_000)
afterAll(() => house?.end())

test('a list and its counts are of one moment while texts are published', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'one-moment-'))
  for (let n = 0; n < FILES; n++) writePressPage(`n${n}`, { title: `Text number ${n}`, paragraphs: ['This text is published while a list is read.'] }, folder)
  const importing = spawn(process.execPath, ['build/altavoz.js', 'import', folder, '--publish'], { env: { PATH: process.env.PATH ?? '', DATA_DIR: house.dataDir }, stdio: 'ignore' })
  onTestFinished(() => void importing.kill())
  let isOver = false
  importing.once('exit', () => { isOver = true })
  const seen = new Set<string>()
  while (!isOver) {
    const pages = await Promise.all([1, 2, 3].map(() => askRaw(house.origin, '/en/media', { cookie: '__Host-altavoz=1' })))
    for (const { status, body } of pages) {
      const html = body.toString().replace(/<!--.*?-->/g, '')
      const counts = [/(\d+) items?<\/p>/, /Statement<\/span>\s*<span class="num soft">(\d+)</, /Uruguay<\/span>\s*<span class="num soft">(\d+)</].map((one) => one.exec(html)?.[1] ?? '0')
      expect(status).toBe(200)
      expect(new Set(counts).size, `the list counts ${counts[0]}, its kinds ${counts[1]}, its regions ${counts[2]}`).toBe(1)
      seen.add(counts[0]!)
    }
  }
  expect(importing.exitCode).toBe(0)
  expect(seen.size, 'moments that were seen').toBeGreaterThan(20)
})
