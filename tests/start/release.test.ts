import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { ORDINARY, checkout, giveTo, isRoot, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { refusalOf, servesPages, start } from './starting.ts'

const isLong = inject('isLong')
if (!isLong) console.log('skipped: making a release builds and packs 300 MB; run bin/test --long')

/** From what is committed, with the packages of this checkout. */
function makeRelease(): string {
  const folder = newFolder('release')
  execFileSync(process.execPath, [join(checkout, 'tools/release.ts'), folder, '--dirty'], { stdio: 'ignore' })
  return folder
}

const archiveIn = (folder: string) => readdirSync(folder).find((name) => name.endsWith('.tar.gz'))!

/** The system's own programs, without Node.js. */
function path(): string {
  const folder = newFolder('programs')
  for (const from of ['/bin', '/usr/bin']) {
    for (const name of readdirSync(from)) {
      if (/^(node|nodejs|npm|npx|corepack|git)$/.test(name)) continue
      try {
        symlinkSync(join(from, name), join(folder, name))
      } catch { /* both may be one folder */ }
    }
  }
  return folder
}

test.runIf(isLong)('two releases of one commit are the same bytes; one starts with an empty environment, without Node.js, and builds nothing', async () => {
  const [one, other] = [makeRelease(), makeRelease()]
  const archive = archiveIn(one)
  expect(readFileSync(join(one, archive)).equals(readFileSync(join(other, archive)))).toBe(true)
  execFileSync('sha256sum', ['--check', '--strict', `${archive}.sha256`], { cwd: one })

  const place = newFolder('opt')
  execFileSync('tar', ['xzf', join(one, archive), '-C', place])
  const program = join(place, archive.replace('.tar.gz', ''))
  if (isRoot) execFileSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, giveTo(ORDINARY, place)])
  const house = start(program, { env: { PORT: String(await freePort()) }, asOrdinary: true, path: path() })
  const origin = await house.ready()
  await servesPages(origin)
  expect(house.said().out).toMatch(/^altavoz: starting …\n(.*\n)*altavoz ready on http:\S+\n$/)
  const list = await (await fetch(`${origin}/es/media`)).text()
  const address = /"(\/es\/media\/[a-z0-9-]+)"/.exec(list)![1]!
  for (const file of ['print.pdf', 'card.png', 'cite.bib']) expect((await fetch(`${origin}${address}/${file}`)).status, file).toBe(200)
  expect(execFileSync('tar', ['tzf', join(program, 'source.tar.gz')], { encoding: 'utf8' })).toContain('/src/server.ts\n')

  rmSync(join(program, 'node_modules/.bin/node'))
  expect(await refusalOf(start(program, { env: { PORT: String(await freePort()) }, asOrdinary: true, path: path() }))).toMatch(/this release does not run on this machine/)
}, 900_000)
