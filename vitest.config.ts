import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

declare module 'vitest' {
  interface ProvidedContext {
    /** `bin/test --long`: the long forms of the property and kill tests. */
    isLong: boolean
  }
}

const onDatabase = [
  'src/**/server/**/*.test.ts',
  'src/kernel/{database,jobs,testing}/**/*.test.ts',
  'src/**/*.database.test.ts',
]
/** Files that a run leaves out, since another has them: `tools/checks.ts`. A project's own `exclude` is deaf to `--exclude`. */
const without = process.env.ALTAVOZ_WITHOUT?.split(' ') ?? []
/** Journeys that measure time or end processes. */
const onTime = ['kill', 'half-way', 'import-kills', 'statement', 'kept-pages', 'one-moment', 'form-action', 'faults', 'finding', 'embargo'].map((name) => `tests/journeys/${name}.test.ts`)
const provide = { isLong: process.env.ALTAVOZ_LONG === '1' }
/** What is waited for comes later on a busy machine: a second, vitest's own, is too short a patience. It costs only what fails. */
const expectation = { poll: { timeout: 15_000 } }
const minutes = (n: number) => n * 60_000

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          provide,
          expect: expectation,
          include: ['src/**/*.test.ts', 'starter/**/*.test.ts', 'tools/**/*.test.ts', 'tests/guards/table.test.ts'],
          exclude: [...onDatabase, ...without],
          // They share no state that a neighbour could change: one load of the modules serves many files, in half the time.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          sequence: { groupOrder: 1 },
          provide,
          expect: expectation,
          include: onDatabase,
          exclude: without,
          globalSetup: 'src/kernel/testing/database-setup.ts',
          // Each file copies the template database: more at once only waits for the disk.
          maxWorkers: 2,
          testTimeout: minutes(2),
          hookTimeout: minutes(1),
        },
      },
      {
        test: {
          name: 'start',
          sequence: { groupOrder: 2 },
          provide,
          expect: expectation,
          include: ['tests/start/**/*.test.ts'],
          // Real servers, most of which wait: two at a time do not make each other late.
          maxWorkers: 2,
          testTimeout: minutes(provide.isLong ? 15 : 2),
          hookTimeout: minutes(1),
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 3 },
          provide,
          expect: expectation,
          include: ['tests/journeys/**/*.test.ts'],
          exclude: onTime,
          globalSetup: 'tests/journeys/furnished-houses.ts',
          // Two browsers at a time: three would starve each other on a small machine.
          maxWorkers: 2,
          testTimeout: minutes(provide.isLong ? 15 : 3),
          hookTimeout: minutes(3),
        },
      },
      {
        test: {
          name: 'guards',
          sequence: { groupOrder: 4 },
          provide,
          expect: expectation,
          include: ['tests/guards/removed.test.ts'],
          testTimeout: minutes(10),
          hookTimeout: minutes(15),
        },
      },
      {
        test: {
          name: 'timed',
          sequence: { groupOrder: 5 },
          provide,
          expect: expectation,
          include: onTime,
          globalSetup: 'tests/journeys/furnished-houses.ts',
          // Kills, races and hours to the second: a neighbour would make them late.
          fileParallelism: false,
          testTimeout: minutes(provide.isLong ? 15 : 3),
          hookTimeout: minutes(3),
        },
      },
    ],
  },
})
