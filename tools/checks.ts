/** The list that bin/test and CI run, in order. A check is one command; vitest's count every test of theirs. */
export interface Check {
  name: string
  command: string[]
  /** Counts the tests of its JSON report instead of counting as one. */
  isVitest?: boolean
  env?: Record<string, string>
  /** A program without which the check is skipped, and said to be. */
  needs?: string
}

const prepare = (step: string) => ['bash', 'tools/prepare-step.sh', step]
// Compiled texts and the types of routes are no part of the checkout, and every other check reads them.
export const generate: Check = {
  name: 'generate',
  command: ['bash', '-c', 'node src/kernel/language/compile.mjs && svelte-kit sync'],
}

function vitest(project: string, zone?: string): Check {
  return {
    name: zone ? `${project} in ${zone}` : project,
    command: ['vitest', 'run', '--project', project],
    isVitest: true,
    env: zone ? { TZ: zone } : {},
  }
}

// Behind and ahead of UTC by as much as inhabited places are: a day computed in the machine's own zone shows here.
const ZONES = ['America/Bogota', 'Pacific/Kiritimati']

export function listChecks(isLong: boolean): Check[] {
  return [
    { name: 'build', command: prepare('build') },
    { name: 'svelte-check', command: ['svelte-check', '--tsconfig', './tsconfig.json', '--threshold', 'error'] },
    { name: 'tsc', command: ['tsc', '--noEmit'] },
    { name: 'eslint', command: ['eslint', '.'] },
    vitest('unit'),
    ...ZONES.map((zone) => vitest('unit', zone)),
    vitest('database'),
    ...(isLong ? ZONES.map((zone) => vitest('database', zone)) : []),
    {
      ...vitest('database'),
      name: 'database on PostgreSQL 15',
      // What starts the embedded server is of one version wherever it runs.
      command: ['node', 'src/kernel/testing/second-engine.ts', ...vitest('database').command, '--exclude', '**/embedded/**', '--exclude', '**/altavoz.database.test.ts'],
      needs: '/usr/lib/postgresql/15/bin/postgres',
    },
    vitest('start'),
    vitest('journeys'),
    vitest('timed'),
  ]
}
