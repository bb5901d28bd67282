import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'rolldown/parseAst'
import { entriesBelow, writeArchive } from './release-archive.ts'
import { specifiersIn } from './release-packages.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'altavoz-release-'))

/** The same content, made at another time, in another order, under another umask. */
function folderWith(names: string[], mode: number, time: Date) {
  const folder = newFolder()
  mkdirSync(join(folder, 'deep/er'), { recursive: true })
  for (const name of names) {
    writeFileSync(join(folder, name), `content of ${name}`, { mode })
    utimesSync(join(folder, name), time, time)
  }
  symlinkSync('../a', join(folder, 'deep/link'))
  return folder
}

test('the same content gives the same bytes, whoever made it and when', async () => {
  const time = new Date('2026-11-29T00:00:00Z')
  const one = folderWith(['a', 'b', 'deep/er/c'], 0o644, new Date('2026-01-01'))
  const other = folderWith(['deep/er/c', 'b', 'a'], 0o600, new Date('2025-05-05'))
  const [first, second] = [join(newFolder(), 'x.tar.gz'), join(newFolder(), 'x.tar.gz')]
  const sums = [await writeArchive(first, [...entriesBelow(one, 'x')], time), await writeArchive(second, [...entriesBelow(other, 'x')], time)]
  expect(sums[0]).toBe(sums[1])
  expect(readFileSync(first)).toEqual(readFileSync(second))
  expect(sums[0]).toBe(execFileSync('sha256sum', [first], { encoding: 'utf8' }).slice(0, 64))
  expect(execFileSync('tar', ['tzf', first], { encoding: 'utf8' }).trim().split('\n')).toEqual(['x/a', 'x/b', 'x/deep/er/c', 'x/deep/link'])
})

test('a program’s imports are read from its syntax, not from its texts', () => {
  const source = `import a from 'a'; import 'b/c'; export * from '@d/e'; const x = import("f"); await import(g); const text = "import h from 'h'" // from 'i'`
  expect([...specifiersIn(parseAst(source))].sort()).toEqual(['@d/e', 'a', 'b/c', 'f'])
})

test('a checkout with changes that are not committed is refused, by the name of one', () => {
  const folder = newFolder()
  cpSync('tools', join(folder, 'tools'), { recursive: true })
  cpSync('src/kernel/database', join(folder, 'src/kernel/database'), { recursive: true })
  cpSync('package.json', join(folder, 'package.json'))
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n')
  const git = (...words: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...words], { stdio: 'ignore' })
  git('init')
  git('add', '-A')
  git('commit', '-m', 'x')
  writeFileSync(join(folder, 'changed.txt'), '')
  const { status, stderr } = spawnSync(process.execPath, ['tools/release.ts', newFolder()], { cwd: folder, encoding: 'utf8' })
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(/^altavoz: the checkout holds changes .*changed\.txt.*--dirty\.\n$/) })
})
