import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countReport, listFailures } from './count-report.ts'

function reportOf(testResults: object[], counts: object) {
  const file = join(mkdtempSync(join(tmpdir(), 'altavoz-report-')), 'report.json')
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  writeFileSync(file, JSON.stringify({ ...none, ...counts, testResults }))
  return file
}

test('passed, failed and skipped tests are counted', () => {
  const file = reportOf(
    [{ status: 'failed', message: '', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }],
    { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 },
  )
  expect(countReport(file, 1)).toEqual({ passed: 4, failed: 1, skipped: 3 })
})

test('a file that cannot be loaded counts as a failure', () => {
  const file = reportOf([{ status: 'failed', message: 'cannot find', assertionResults: [] }], { numPassedTests: 3 })
  expect(countReport(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 })
})

test('what failed is named with its file and the first line of why', () => {
  const failing = { status: 'failed', fullName: 'adds', failureMessages: ['Error: \u001B[31mtwo\u001B[39m is not three\n  at x.ts:1'] }
  const file = reportOf([
    { name: `${process.cwd()}/src/sum.test.ts`, status: 'failed', message: '', assertionResults: [failing, { status: 'passed', fullName: 'takes' }] },
    { name: `${process.cwd()}/src/gone.test.ts`, status: 'failed', message: 'cannot find it\nat all', assertionResults: [] },
    { name: `${process.cwd()}/src/well.test.ts`, status: 'passed', message: '', assertionResults: [{ status: 'passed', fullName: 'is well' }] },
  ], {})
  expect(listFailures(file)).toEqual(['src/sum.test.ts › adds: Error: two is not three', 'src/gone.test.ts: cannot find it'])
})

test('an error outside of every test counts as a failure', () => {
  expect(countReport(reportOf([], { numPassedTests: 3 }), 1)).toEqual({ passed: 3, failed: 1, skipped: 0 })
})

test('a run that ends without a report counts as a failure', () => {
  expect(countReport('/nowhere.json', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
