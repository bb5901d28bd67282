import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export interface Count {
  passed: number
  failed: number
  skipped: number
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name?: string; status: string; message: string; assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[] }[]
}

/**
 * What one vitest run counted. A file that cannot be loaded holds no test, and an error outside of every test fails none:
 * each counts as one failure, so that a red run never looks green.
 */
export function countReport(file: string, exitCode: number): Count {
  const report = readReport(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  const failed = report.numFailedTests + unloaded.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** One line for each failure, `file › test: why`, to stand at the end of a long run: what failed far above is not searched for. */
export function listFailures(file: string): string[] {
  return (readReport(file)?.testResults ?? []).filter(({ status }) => status === 'failed').flatMap(({ name = '', message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    const of = relative(process.cwd(), name)
    if (failed.length === 0) return [`${of}: ${firstLine(message)}`]
    return failed.map(({ fullName = '', failureMessages = [] }) => `${of} › ${fullName}: ${firstLine(failureMessages[0] ?? '')}`)
  })
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text.split('\n', 1)[0]!).slice(0, 300)
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
