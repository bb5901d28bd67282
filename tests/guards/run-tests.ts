import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

export interface TestOutcome {
  file: string
  title: string
  status: string
  /** The first lines of each failure. */
  failures: string[]
}

/** A run inside of a run must not take itself for a worker of the outer one. Its journeys need no furnished house. */
const env = { ALTAVOZ_UNFURNISHED: '1', ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|PROD$|DEV$|MODE$|SSR$|BASE_URL$|ALTAVOZ_)/.test(name))) }

/** Runs a command in a folder to its end, and resolves with how it ended and what it printed. */
export function runIn(folder: string, command: string[]): Promise<{ code: number; printed: string }> {
  const [program, ...args] = command as [string, ...string[]]
  return new Promise((done) => {
    execFile(program, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, out, err) => done({ code: error ? 1 : 0, printed: out + err }))
  })
}

/**
 * Runs those tests of these files whose titles match, and tells how each ended.
 * @throws with what was printed when a file could not even be loaded
 */
export async function runTests(folder: string, files: readonly string[], titles?: string): Promise<TestOutcome[]> {
  const reports = mkdtempSync(join(tmpdir(), 'altavoz-guard-report-'))
  const report = join(reports, 'report.json')
  try {
    const { printed } = await runIn(folder, [
      'node_modules/.bin/vitest', 'run', ...files, ...(titles === undefined ? [] : ['-t', titles]), '--reporter=json', `--outputFile.json=${report}`,
    ])
    const read = readReport(report)
    const broken = read?.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'))
    // Nothing in the report: what is started before all tests did not start.
    if (!read?.testResults.length || broken!.length > 0) throw new Error(`the tests did not run:\n${broken?.map(({ message }) => message).join('\n') ?? ''}\n${printed.slice(-4000)}`)
    return read.testResults.flatMap(({ name, assertionResults }) => assertionResults.map(({ title, status, failureMessages }) => (
      { file: relative(folder, name), title, status, failures: failureMessages.map((message) => message.split('\n').slice(0, 4).join('\n')) })))
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

interface Report { testResults: { name: string; status: string; message: string; assertionResults: { title: string; status: string; failureMessages: string[] }[] }[] }

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
