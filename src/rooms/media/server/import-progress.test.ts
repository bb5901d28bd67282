import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { showProgress } from '#rooms/media/server/import-progress.ts'

const folder = mkdtempSync(join(tmpdir(), 'altavoz-progress-'))
afterAll(() => rmSync(folder, { recursive: true }))
const files = ['a', 'b'].map((name) => join(folder, name))
for (const file of files) writeFileSync(file, 'x'.repeat(1000))

test('a terminal shows the share of all bytes, the texts and their rate, and nothing at the end', () => {
  let [shown, ms] = ['', 0]
  const progress = showProgress({ isTTY: true, write: (text) => { shown += text } }, files, () => ms)
  const [a, b] = files.map((file) => progress.begin(file))
  ms = 2000
  for (const line of ['ok 1', '  note: of it', 'ok 2']) progress.count(line)
  a!(1000)
  expect(shown).toMatch(/\[█{12}·{12}\] 50 %, 2 texts, 1 a second$/)
  ms = 3000
  b!(1000)
  expect(shown).toMatch(/\[█{24}\] 100 %, 2 texts, 1 a second$/)
  progress.end()
  expect(shown).toMatch(/\r\x1b\[K$/)
})

test('where nobody looks nothing is written', () => {
  const progress = showProgress({ write: () => { throw new Error('written') } }, files, () => 0)
  progress.begin(files[0]!)(500)
  progress.count('ok')
  progress.end()
})
