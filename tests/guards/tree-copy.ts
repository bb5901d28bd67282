// A copy of this tree in which a guard can be taken out: the tree itself is never touched.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
  putBack(): void
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
  const whole = new Map<string, string>()
  return {
    folder,
    takeOut(guards) {
      for (const { file, stands, gone } of guards.flatMap(piecesOf)) {
        const path = join(folder, file)
        const text = readFileSync(path, 'utf8')
        if (!whole.has(path)) whole.set(path, text)
        if (countOf(text, stands) !== 1) throw new Error(`${file} does not hold exactly once: ${stands}`)
        writeFileSync(path, text.replace(stands, () => gone))
      }
    },
    putBack() {
      for (const [path, text] of whole) writeFileSync(path, text)
      whole.clear()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
