import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clearDropped, readDropped } from '#rooms/media/server/dropped-file.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'altavoz-dropped-'))
afterAll(() => rm(dataDir, { recursive: true }))

test('a Word file stands in the folder of this house while it is read, and what a killed server left is taken away at its start', async () => {
  const folder = join(dataDir, 'dropped')
  expect(await readDropped(dataDir, new File(['no Word file'], 'draft.docx'))).toEqual({ problem: 'broken-file' })
  expect(await readdir(folder)).toEqual([])
  await writeFile(join(folder, 'left.docx'), 'her draft')
  await clearDropped(dataDir)
  expect(await readdir(dataDir)).toEqual([])
  await mkdir(folder)
  expect(await readDropped(dataDir, new File(['x'], 'draft.pdf'))).toEqual({ problem: 'not-docx' })
})
