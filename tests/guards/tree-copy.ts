// A copy of this tree in which a guard can be taken out: the tree itself is never touched.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { countOf, type Guard, piecesOf } from './guard.ts'

/** Kit writes into the first two while it builds, and installing into the last. */
const OWN_PACKAGES = ['$app', '.vite', '.package-lock.json', '.altavoz-installed']
const LEFT_OUT = ['node_modules', 'data', '.git', '.altavoz']

export interface TreeCopy {
  folder: string
  /** @throws when the text of a guard does not stand exactly once */
  takeOut(guards: readonly Guard[]): void
  putBack(guards: readonly Guard[]): void
  remove(): void
}

export function copyTree(): TreeCopy {
  const root = resolve('.')
  // As root: the unprivileged user that runs PostgreSQL must reach it.
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'altavoz-guards-'))
  chmodSync(folder, 0o711)
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.includes(name)) execFileSync('cp', ['-a', join(root, name), folder])
  }
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const from = join(root, 'node_modules', name)
    if (!OWN_PACKAGES.includes(name)) symlinkSync(from, join(packages, name))
    else if (name !== '.vite') cpSync(from, join(packages, name), { recursive: true })
  }
  const write = (guards: readonly Guard[], without: boolean) => {
    for (const { file, stands, gone } of guards.flatMap(piecesOf)) {
      const path = join(folder, file)
      const text = readFileSync(path, 'utf8')
      const [from, to] = without ? [stands, gone] : [gone, stands]
      if (without && countOf(text, from) !== 1) throw new Error(`${file} does not hold exactly once: ${from}`)
      writeFileSync(path, without ? text.replace(from, () => to) : readFileSync(join(root, file)))
    }
  }
  return {
    folder,
    takeOut: (guards) => write(guards, true),
    putBack: (guards) => write(guards, false),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Whether a build is there that the copy came with. */
export const isBuilt = () => existsSync('build/server.js')
