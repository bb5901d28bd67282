// Whether the tests see what they are there for: each guard is taken out of a copy of this tree, and its test must then fail,
// by an assertion. Long: `bin/test --long --only guards`.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT_GUARDS } from './built-guards.ts'
import { DESK_GUARDS } from './desk-guards.ts'
import { DOOR_GUARDS } from './door-guards.ts'
import { type Guard, patternOf } from './guard.ts'
import { PEOPLE_GUARDS } from './people-guards.ts'
import { runIn, runTests, type TestOutcome } from './run-tests.ts'
import { copyTree, type TreeCopy } from './tree-copy.ts'

const UNBUILT = [...DOOR_GUARDS, ...PEOPLE_GUARDS, ...DESK_GUARDS]
let copy: TreeCopy
beforeAll(() => {
  copy = copyTree()
})
afterAll(() => copy?.remove())

const titlesOf = (guards: readonly Guard[]) => guards.map(({ named }) => patternOf(named)).join('|')
const filesOf = (guards: readonly Guard[]) => [...new Set(guards.map(({ test: file }) => file))]
const ofGuard = (outcomes: readonly TestOutcome[], { test: file, named }: Guard) =>
  outcomes.filter((one) => one.file === file && new RegExp(`^${patternOf(named)}$`).test(one.title))

/** `expect.poll` has a name of its own for what it expected in vain. */
const isAssertion = (failure: string) => failure.startsWith('AssertionError') || (failure.startsWith('Error: expected ') && failure.includes('VITEST_POLL'))

/** What failed of a guard's test, in the words that it is to fail in. A crash is none: it would fail whatever the test asks. */
const seen = (outcomes: readonly TestOutcome[], guard: Guard) =>
  ofGuard(outcomes, guard).flatMap(({ failures }) => failures).filter((failure) => isAssertion(failure) && failure.includes(guard.says ?? ''))

test('with every guard in its place each of these tests passes', async () => {
  const all = [...UNBUILT, ...BUILT_GUARDS]
  const outcomes = await runTests(copy.folder, filesOf(all), titlesOf(all))
  for (const guard of all) expect(ofGuard(outcomes, guard).map(({ status }) => status), guard.named).toContain('passed')
  expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([])
})

describe('without its guard, its test fails:', () => {
  test.each(UNBUILT)('$against', async (guard) => {
    copy.takeOut([guard])
    try {
      const outcomes = await runTests(copy.folder, [guard.test], patternOf(guard.named))
      expect(seen(outcomes, guard), JSON.stringify(ofGuard(outcomes, guard))).not.toEqual([])
    } finally {
      copy.putBack()
    }
  })
})

describe('built without its guard, its test fails:', () => {
  let outcomes: TestOutcome[] = []
  beforeAll(async () => {
    copy.takeOut(BUILT_GUARDS)
    const built = await runIn(copy.folder, ['bash', 'tools/prepare-step.sh', 'build'])
    if (built.code !== 0) throw new Error(`it does not build:\n${built.printed.slice(-4000)}`)
    outcomes = await runTests(copy.folder, filesOf(BUILT_GUARDS))
  })
  afterAll(() => copy.putBack())

  test.each(BUILT_GUARDS)('$against', (guard) => {
    expect(seen(outcomes, guard), JSON.stringify(ofGuard(outcomes, guard))).not.toEqual([])
  })

  test('and no other test of that file', () => {
    const others = outcomes.filter((one) => !BUILT_GUARDS.some((guard) => guard.alsoFails?.includes(one.title) || ofGuard([one], guard).length > 0))
    expect(others.length).toBeGreaterThan(0)
    expect(others.filter(({ status }) => status !== 'passed')).toEqual([])
  })
})
