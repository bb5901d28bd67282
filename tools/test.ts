/** bin/test: runs every check, never stops at the first failure, and ends with one line of counts over all of them. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Check, generate, listChecks } from './checks.ts'
import { type Count, countReport, listFailures } from './count-report.ts'

const { values: asked } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    'packages-took': { type: 'string', default: '0' },
  },
})

const longForms: Record<string, string> = asked.long ? { ALTAVOZ_LONG: '1', KILLS: '50' } : {}
const reports = mkdtempSync(join(tmpdir(), 'altavoz-reports-'))
const lines: string[] = []
const failures: string[] = []
const total: Count = { passed: 0, failed: 0, skipped: 0 }

/** Resolves with the exit code; what the command prints is seen as it comes. */
function run(command: string[], env: Record<string, string>): Promise<number> {
  const [program, ...args] = command as [string, ...string[]]
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(`${program} does not run: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function runCheck(check: Check): Promise<Count> {
  if (check.needs && !existsSync(check.needs)) {
    console.log(`skipped: this machine has no ${check.needs}`)
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const env = { ...longForms, ...check.env }
  if (!check.isVitest) {
    const failed = (await run(check.command, env)) === 0 ? 0 : 1
    return { passed: 1 - failed, failed, skipped: 0 }
  }
  const report = join(reports, `${check.name.replaceAll(/\W+/g, '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await run([...check.command, ...reporters], env)
  failures.push(...listFailures(report).map((line) => `${check.name}: ${line}`))
  return countReport(report, exitCode)
}

function note(name: string, count: Count, seconds: number) {
  const of = count.passed + count.failed + count.skipped
  const skipped = count.skipped ? `, ${count.skipped} skipped` : ''
  const detail = of > 1 ? `  ${count.passed} passed, ${count.failed} failed${skipped}` : ''
  lines.push(`${count.failed ? '✗' : count.passed ? '✓' : '–'} ${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s${detail}`)
  console.log(lines.at(-1))
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
}

const checks = listChecks(asked.long)
const chosen = checks.filter(({ name }) => asked.only.length === 0 || asked.only.some((word) => name.includes(word)))
if (chosen.length === 0) {
  console.error(`no check is named so; there are: ${checks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

// bin/test comes here only once the packages stand.
note('install', { passed: 1, failed: 0, skipped: 0 }, Number(asked['packages-took']))
for (const check of [generate, ...chosen]) {
  console.log(`\n── ${check.name} ──`)
  const began = performance.now()
  note(check.name, await runCheck(check), (performance.now() - began) / 1000)
}
rmSync(reports, { recursive: true, force: true })

console.log(`\n${lines.join('\n')}\n`)
if (failures.length > 0) console.log(`${failures.map((line) => `✗ ${line}`).join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed ? 1 : 0
