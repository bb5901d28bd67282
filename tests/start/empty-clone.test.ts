import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { ORDINARY, checkout, giveTo, isRoot, newFolder } from './installation.ts'
import { freePort } from '#kernel/testing/free-port.ts'
import { servesPages, start } from './starting.ts'

const isLong = inject('isLong')
if (!isLong) console.log('skipped: starting from an empty clone installs and builds; run bin/test --long')

/** A network of one's own may need its certificate and its registry, which npm reads from the environment. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(NODE_EXTRA_CA_CERTS|https?_proxy|npm_config_registry)$/i.test(name)),
) as Record<string, string>

function clone(user?: number): string {
  const folder = newFolder('clone')
  execFileSync('git', ['-c', `safe.directory=${checkout}`, 'clone', '--quiet', checkout, join(folder, 'altavoz')])
  if (user !== undefined) execFileSync('chown', ['-R', `${user}:${user}`, giveTo(user, folder)])
  return join(folder, 'altavoz')
}

test.runIf(isLong)('from an empty clone one command installs, builds, and serves', async () => {
  const house = start(clone(), { env: { ...network, PORT: String(await freePort()) } })
  await servesPages(await house.ready())
  for (const step of ['installing', 'building', 'starting']) expect(house.said().out).toContain(step)
}, 900_000)

test.runIf(isLong && isRoot)('from an empty clone an ordinary user without a home does the same', async () => {
  const house = start(clone(ORDINARY), { env: { ...network, PORT: String(await freePort()) }, asOrdinary: true })
  await servesPages(await house.ready())
}, 900_000)
