/** The list that bin/test and CI run, in order. A check is one command; vitest's count every test of theirs. */
export interface Check {
  name: string
  command: string[]
  /** Counts the tests of its JSON report instead of counting as one. */
  isVitest?: boolean
  env?: Record<string, string>
}

const prepare = (step: string) => ['bash', 'tools/prepare-step.sh', step]

function vitest(project: string, zone?: string): Check {
  return {
    name: zone ? `${project} in ${zone}` : project,
    command: ['vitest', 'run', '--project', project, '--passWithNoTests'],
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
    vitest('start'),
    vitest('journeys'),
  ]
}
