/**
 * `settings.env` in the data folder: settings that outlive the shell they were typed in. `bin/altavoz setup` writes it, and
 * `bin/start`, `bin/altavoz` and systemd's unit all read it by way of env.ts, so they cannot disagree. Only its owner may read it:
 * the address of a mail server or of a database holds a password.
 */
import { chownSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { Refusal } from '#kernel/database/refusal.ts'

export type SettingsOfFile = Record<string, string>

export const settingsFileOf = (dataDir: string) => join(dataDir, 'settings.env')

/** Reads the file; no file is no settings. A line that would be passed over in silence is refused by its number, never quoted. */
export function readSettingsFile(dataDir: string, known: readonly string[]): SettingsOfFile {
  const path = settingsFileOf(dataDir)
  const text = textOf(path)
  if (text === undefined) return {}
  const seen = new Set<string>()
  for (const [i, line] of text.split('\n').entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue
    const name = nameIn(line)
    const refuse = (why: string) => new Refusal(`${path}, line ${i + 1}: ${why}.`)
    if (!name) throw refuse('this is no setting: write NAME=value, or # before a remark')
    if (name === 'DATA_DIR') throw refuse('DATA_DIR cannot stand in the folder that it names: set it in the environment')
    if (!known.includes(name)) throw refuse(`there is no setting ${name}: correct it or take the line away`)
    if (seen.has(name)) throw refuse(`${name} stands here twice: take one line away`)
    seen.add(name)
  }
  return parseEnv(text) as SettingsOfFile
}

export interface PreparedFile {
  /** Puts it in the place of the old one, whole. */
  commit(): void
  /** As if nothing had been prepared. */
  discard(): void
}

/**
 * Writes a changed settings file beside the old one, so that what fails (a full disk) fails before anything is changed. Lines that
 * do not change stay as they are, remarks too; a value of undefined takes its line away.
 * @returns undefined when the file says all that already
 */
export function prepareSettingsFile(dataDir: string, changes: Record<string, string | undefined>): PreparedFile | undefined {
  const path = settingsFileOf(dataDir)
  const before = textOf(path) ?? ''
  const after = withChanges(before, changes)
  if (after === before) return undefined
  const draft = `${path}.${process.pid}`
  try {
    rmSync(draft, { force: true })
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeSync(file, after)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    // Root may set up for the user whom systemd starts it as; that one must be able to read it.
    const { uid, gid } = statSync(dataDir)
    if (process.getuid?.() === 0) chownSync(draft, uid, gid)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  return {
    commit() {
      renameSync(draft, path)
      flushFolder(dirname(path))
    },
    discard: () => rmSync(draft, { force: true }),
  }
}

function withChanges(before: string, changes: Record<string, string | undefined>): string {
  const had = parseEnv(before)
  const changed = Object.entries(changes).filter(([name, value]) => had[name] !== value)
  if (changed.length === 0) return before
  const rest = before.split('\n').filter((line) => !changed.some(([name]) => nameIn(line) === name)).join('\n').trimEnd()
  const lines = changed.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${quoted(name, value)}`]))
  return `${[...(rest ? [rest] : []), ...lines].join('\n')}\n`
}

/** So that no # in a password begins a remark. */
function quoted(name: string, value: string): string {
  const mark = [`'`, `"`, '`'].find((one) => !value.includes(one) && parseEnv(`A=${one}${value}${one}`).A === value)
  if (mark === undefined || /[\r\n\0]/.test(value)) throw new Refusal(`${name} holds signs that no settings file can carry: write it otherwise, with % escapes. Nothing was changed.`)
  return mark + value + mark
}

const nameIn = (line: string) => /^([A-Z][A-Z_]*)=/.exec(line)?.[1]

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    // Where the folder itself is closed, the start has its own sentence for that.
    if (code === 'EACCES' && !isReachable(dirname(path))) return undefined
    if (code === 'EACCES') throw new Refusal(`this user may not read ${path}: give it to the user who starts Altavoz, with chown.`)
    throw error
  }
}

function isReachable(folder: string): boolean {
  try {
    statSync(join(folder, '.'))
    return true
  } catch {
    return false
  }
}

/** A renamed file is safe from a power cut only once its folder is on the disk too. */
function flushFolder(path: string) {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
