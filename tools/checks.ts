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

function vitest(project: string, { zone, without = [] }: { zone?: string; without?: string[] } = {}): Check {
  return {
    name: zone ? `${project} in ${zone}` : project,
    command: ['vitest', 'run', '--project', project],
    isVitest: true,
    env: { ...(zone && { TZ: zone }), ...(without.length > 0 && { ALTAVOZ_WITHOUT: without.join(' ') }) },
  }
}

// These measure how long something lasts, or read bytes: an hour is the same in every zone.
const ALIKE_IN_ZONES = ['**/threads/**', '**/doctor-network.test.ts', '**/too-hard.test.ts', '**/docx.test.ts']
// They start the embedded server, which is of one version wherever it runs.
const ALIKE_ON_ENGINES = ['**/embedded/**', '**/altavoz.database.test.ts']

// Behind and ahead of UTC by as much as inhabited places are: a day computed in the machine's own zone shows here.
const ZONES = ['America/Bogota', 'Pacific/Kiritimati']

export function listChecks(isLong: boolean): Check[] {
  return [
    { name: 'build', command: prepare('build') },
    { name: 'svelte-check', command: ['svelte-check', '--tsconfig', './tsconfig.json', '--threshold', 'error'] },
    { name: 'tsc', command: ['tsc', '--noEmit'] },
    { name: 'eslint', command: ['eslint', '.'] },
    vitest('unit'),
    ...ZONES.map((zone) => vitest('unit', { zone, without: isLong ? [] : ALIKE_IN_ZONES })),
    vitest('database'),
    ...(isLong ? ZONES.map((zone) => vitest('database', { zone })) : []),
    {
      ...vitest('database', { without: ALIKE_ON_ENGINES }),
      name: 'database on PostgreSQL 15',
      command: ['node', 'src/kernel/testing/second-engine.ts', ...vitest('database').command],
      needs: '/usr/lib/postgresql/15/bin/postgres',
    },
    vitest('start'),
    vitest('journeys'),
    vitest('timed'),
    ...(isLong ? [vitest('guards')] : []),
  ]
}
