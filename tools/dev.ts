/** bin/dev: serves the built house and, whenever a source is saved, builds it again and starts it anew. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { sep } from 'node:path'

const SOURCES = ['src', 'messages', 'static', 'project.inlang', 'vite.config.ts']
const flags = process.argv.slice(2)
let server: ChildProcess | undefined
let isBuilding = false
let isStale = false
let isEnding = false

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })

function serve() {
  server = spawn(process.execPath, ['--enable-source-maps', 'build/server.js', ...flags], { stdio: 'inherit' })
  server.once('exit', (code) => {
    // A house that ends by itself has said why; the next saved source starts it again.
    if (!isBuilding && !isEnding && code) console.log('altavoz: ended; save a source to start it again')
  })
}

async function rebuild() {
  if (isBuilding) return
  isBuilding = true
  do {
    isStale = false
    const began = performance.now()
    console.log('altavoz: a source was saved, building …')
    if ((await ended(spawn('bash', ['tools/prepare-step.sh', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] }))) !== 0) continue
    if (isStale) continue
    server?.kill('SIGTERM')
    if (server) await ended(server)
    serve()
    console.log(`altavoz: built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  } while (isStale)
  isBuilding = false
}

// Editors save in several steps, and a branch that is changed touches many files: one build for all of them.
let pause: NodeJS.Timeout | undefined
const isGenerated = (file: string) => file.includes(`language${sep}messages`) || file.endsWith('.test.ts') || file.endsWith('~')
for (const source of SOURCES.filter((path) => existsSync(path))) {
  watch(source, { recursive: true }, (_event, file) => {
    if (file && isGenerated(file)) return
    isStale = true
    clearTimeout(pause)
    pause = setTimeout(() => void rebuild(), 200)
  })
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isEnding = true
    server?.kill('SIGTERM')
    void (server ? ended(server) : Promise.resolve()).then(() => process.exit(0))
  })
}
serve()
