import { execFile, execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp } from '#kernel/backup/server/backup.ts'
import { checkBackup } from '#kernel/backup/server/container.ts'
import { restore } from '#kernel/backup/server/restore.ts'
import { openedBytes, sealerFor } from '#kernel/backup/server/sealing.ts'
import { openShelf } from '#kernel/blobs/server/shelf.ts'
import { contentsOf, emptyPlace } from '#kernel/testing/backup-place.ts'
import { testDatabase } from '#kernel/testing/database.ts'

const run = promisify(execFile)
const { url } = await testDatabase()
let folder: string
const path = (name: string) => join(folder, name)
const keyOf: Record<string, string> = {}
let sealed: string
let plain: string
const source = () => ({ url, blobFolder: path('blobs'), now: Temporal.Instant.from('2026-11-29T02:00:00Z'), program: '0.1.0' })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'altavoz-sealing-'))
  await openShelf(path('blobs'))
  for (const who of ['ana', 'berta', 'somebody']) {
    const secret = await generateX25519Identity()
    keyOf[who] = await identityToRecipient(secret)
    await writeFile(path(`${who}.key`), `# created: 2026-11-29T02:00:00Z\n# public key: ${keyOf[who]}\n${secret}\n`)
  }
  sealed = path('house.backup.age')
  plain = path('house.backup')
  await backUp(source(), plain)
  await backUp(source(), sealed, { isReadBack: true, sealTo: [keyOf.ana!, keyOf.berta!] })
})
afterAll(() => rm(folder, { recursive: true }))

test('each of those it was sealed to restores it, and nobody reads a word of it without a key', async () => {
  for (const who of ['ana', 'berta']) {
    const place = await emptyPlace(folder)
    await restore(place, sealed, path(`${who}.key`))
    expect(await contentsOf(place.url)).toEqual(await contentsOf(url))
    await place.drop()
  }
  expect((await stat(sealed)).mode & 0o777).toBe(0o600)
  const bytes = await readFile(sealed)
  expect(bytes.includes('head.json')).toBe(false)
  expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
})

test('no key, another key, no key file and a file of something else are each told in a sentence', async () => {
  await expect(checkBackup(sealed)).rejects.toThrow(/is sealed. Name the file with its secret key: --identity KEYFILE/)
  await expect(checkBackup(sealed, path('somebody.key'))).rejects.toThrow(/No key in .*somebody.key opens .*house.backup.age/)
  await expect(checkBackup(sealed, path('nobody.key'))).rejects.toThrow(/nobody.key cannot be read \(ENOENT\)/)
  await expect(checkBackup(sealed, plain)).rejects.toThrow(/is no key file of age/)
  await expect(checkBackup(path('nothing'), path('ana.key'))).rejects.toThrow(/nothing cannot be read \(ENOENT\)/)
  await expect(checkBackup(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/)
  await checkBackup(plain, path('ana.key'))
})

test('a secret key in the place of a public one is refused and not printed back, and nothing is written', async () => {
  const secret = (await readFile(path('ana.key'), 'utf8')).split('\n')[2]!
  for (const given of [secret, secret.slice(1), 'age1qqqqqq', 'ssh-ed25519 AAAA']) {
    const refusal = await backUp(source(), path('none.backup'), { sealTo: [given] }).catch((error: Error) => error.message)
    expect(refusal).toMatch(given === secret ? /^What follows --seal-to is a secret key/ : /^What follows --seal-to is no public key/)
    expect(refusal).not.toContain(given.slice(-20))
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('none'))).toEqual([])
})

test('a sealed backup that is cut off anywhere, or has another byte, is refused', async () => {
  const bytes = await readFile(sealed)
  const damaged = path('damaged.backup.age')
  for (let n = 1; n < 40; n++) {
    const at = Math.floor((n * bytes.length) / 40)
    await writeFile(damaged, bytes.subarray(0, at))
    await expect(checkBackup(damaged, path('ana.key')), `cut off at ${at}`).rejects.toThrow(/damaged|cut off/)
    const other = Buffer.from(bytes)
    other[at]! ^= 1
    await writeFile(damaged, other)
    await expect(checkBackup(damaged, path('ana.key')), `byte ${at}`).rejects.toThrow(/damaged|cut off|No key in/)
  }
})

test('the age program opens what is sealed here, and what it seals is read here', async ({ skip }) => {
  try {
    execFileSync('age', ['--version'])
  } catch {
    console.log('skipped: there is no program age here (Debian: apt-get install age)')
    skip()
  }
  await run('age', ['--decrypt', '--identity', path('ana.key'), '--output', path('opened'), sealed])
  const { manifest } = await checkBackup(path('opened'))
  expect(manifest.tables).toEqual((await checkBackup(plain)).manifest.tables)
  await run('age', ['--recipient', keyOf.ana!, '--output', path('by-age'), plain])
  expect((await checkBackup(path('by-age'), path('ana.key'))).manifest.tables).toEqual(manifest.tables)
  await run('age', ['--armor', '--recipient', keyOf.ana!, '--output', path('armoured'), plain])
  await expect(checkBackup(path('armoured'), path('ana.key'))).rejects.toThrow(/written as text \(armoured\). Open it by age --decrypt/)
})

test('200 MB are sealed and opened with flat memory', async () => {
  const chunk = Buffer.alloc(1_000_000, 'x')
  const zeros = async function* () { for (let n = 0; n < 200; n++) yield chunk }
  let most = 0
  const seal = await sealerFor([keyOf.ana!])
  const big = path('big.age')
  const before = process.memoryUsage().rss
  const measured = async function* (bytes: AsyncIterable<Uint8Array>) {
    for await (const one of bytes) {
      most = Math.max(most, process.memoryUsage().rss)
      yield one
    }
  }
  await pipeline(measured(seal(zeros())), createWriteStream(big))
  let length = 0
  for await (const one of measured(await openedBytes(big, path('ana.key')))) length += one.byteLength
  expect(length).toBe(200_000_000)
  console.log(`sealing and opening 200 MB took ${((most - before) / 1e6).toFixed(0)} MB more`)
  expect(most - before).toBeLessThan(120_000_000)
})
