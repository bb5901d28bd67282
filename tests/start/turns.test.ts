/** Two starts in one checkout that both find it unbuilt: one works, the other waits. */
import { readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyHouse, newFolder } from './installation.ts'
import { start } from './starting.ts'

/** A checkout whose build takes a second and counts itself, and whose server only says that it serves. */
function unbuiltHouse(): string {
  const house = copyHouse(newFolder('altavoz'), ['bin', 'tools', 'package.json', 'package-lock.json'])
  writeFileSync(join(house, 'tools/build.mjs'), `
    import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
    await new Promise((resolve) => setTimeout(resolve, 1000))
    mkdirSync('build', { recursive: true })
    appendFileSync('builds', 'built\\n')
    writeFileSync('build/server.js', 'console.log("altavoz ready on http://nowhere")')
  `)
  return house
}

const env = () => ({ DATA_DIR: newFolder('data') })
const countBuilds = (house: string) => readFileSync(join(house, 'builds'), 'utf8').split('\n').length - 1

test('of three starts at once one builds, the others wait, and all serve', async () => {
  const house = unbuiltHouse()
  await Promise.all([1, 2, 3].map(() => start(house, { env: env() }).ready()))
  expect(countBuilds(house)).toBe(1)
})

test('a source that is newer than the build is built, and then no more', async () => {
  const house = unbuiltHouse()
  await start(house, { env: env() }).ready()
  mkdirSync(join(house, 'src'))
  writeFileSync(join(house, 'src/new.ts'), '')
  await start(house, { env: env() }).ready()
  const third = start(house, { env: env() })
  await third.ready()
  expect(countBuilds(house)).toBe(2)
  expect(third.said().out).not.toContain('building')
})

test('a start that was killed while it built blocks nobody', async () => {
  const house = unbuiltHouse()
  const first = start(house, { env: env() })
  await expect.poll(() => existsSync(join(house, '.altavoz/build-began')), { timeout: 10_000 }).toBe(true)
  first.signal('SIGKILL')
  await start(house, { env: env() }).ready()
  expect(existsSync(join(house, '.altavoz/lock'))).toBe(false)
})
