import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'
import { listenForTags } from '#kernel/database/signal.ts'
import { altavoz } from '#kernel/testing/built-command.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { cleanUpFolders, makeFolder } from '#kernel/testing/embedded-folders.ts'

cleanUpFolders()

test('without a server a command starts the database and stops it again, and what it did stands', async () => {
  const DATA_DIR = await makeFolder('carpeta ñandú')
  expect(await altavoz({ DATA_DIR }, 'site', 'set', 'name.es', 'Alianza')).toEqual({ code: 0, out: 'ok: name.es is set\n', err: '' })
  expect(existsSync(join(DATA_DIR, 'postgres/postmaster.pid'))).toBe(false)
  const both = await Promise.all([altavoz({ DATA_DIR }, 'site', 'set', 'zone', 'America/Lima'), altavoz({ DATA_DIR }, 'open')])
  expect(both.map(({ code, err }) => ({ code, err }))).toEqual([{ code: 0, err: '' }, { code: 0, err: '' }])
  const { out } = await altavoz({ DATA_DIR }, 'site', 'show')
  expect(out).toMatch(/^name\.es\tAlianza$/m)
  expect(out).toMatch(/^zone\tAmerica\/Lima$/m)
  expect(out).toMatch(/^open\tsince /m)
  const verified = await altavoz({ DATA_DIR }, 'audit', 'verify')
  expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/^head \d+:[0-9a-f]{64}\nok: \d+ acts in the chain, 0 waiting/) })
  const doctor = await altavoz({ DATA_DIR }, 'doctor')
  expect(doctor).toMatchObject({ code: 0, err: '' })
  for (const what of ['settings', 'disk', 'clock', 'database', 'versions', 'server', 'files', 'site', 'source']) expect(doctor.out).toMatch(new RegExp(`^(good|look)  ${what} `, 'm'))
  expect(existsSync(join(DATA_DIR, 'postgres/postmaster.pid'))).toBe(false)
}, 60_000)

const { url } = await testDatabase()
// A socket's address with a host that `new URL` can read; `pg` takes the one in the query.
const DATABASE_URL = url.replace('@/', '@localhost/')
const onServer = async (...words: string[]) => altavoz({ DATABASE_URL, DATA_DIR: await makeFolder() }, ...words)

test('an open house that does not say where its source is hears so from doctor, with what to do', async () => {
  const aboutSource = async () => /^(good|look|bad)  source .*(\n      → .*)?/m.exec((await onServer('doctor')).out)?.[0]
  expect(await aboutSource()).toMatch(/^good/)
  await onServer('open')
  expect(await aboutSource()).toMatch(/^look .*AGPL, section 13\)\n +→ \.\/bin\/altavoz site set source https:/)
  expect(await onServer('site', 'set', 'source', 'https://git.example.org/altavoz')).toMatchObject({ code: 0 })
  expect(await aboutSource()).toBe('good  source      https://git.example.org/altavoz')
  await onServer('close')
}, 60_000)

test('menu and source are shown as they were set, in the order that was typed', async () => {
  expect((await onServer('site', 'show')).out).toMatch(/^menu\tmedia,about \(as it comes\)$/m)
  for (const [key, value] of [['menu', 'about, media,privacy'], ['source', 'http://git.example.org']]) {
    expect(await onServer('site', 'set', key!, value!)).toMatchObject({ code: 0 })
  }
  expect((await onServer('site', 'show')).out).toMatch(/^menu\tabout,media,privacy$[\s\S]*^source\thttp:\/\/git\.example\.org\/$/m)
}, 60_000)

test('beside a server its pages hear of the change', async () => {
  const heard: string[] = []
  const hearing = listenForTags(url, { onTags: (tags) => void heard.push(...tags), onLost: () => {}, onBack: () => {} })
  await onServer('site', 'show')
  heard.length = 0
  expect(await onServer('open')).toMatchObject({ code: 0 })
  await expect.poll(() => heard).toContain('site')
  await hearing.close()
}, 60_000)

test('what is wrong is refused in one line, and changes nothing', async () => {
  const before = (await onServer('site', 'show')).out
  const wrong = [
    ['site', 'set', 'zone', 'Bogota'], ['site', 'set', 'languages', 'en'], ['site', 'set', 'menu', 'law'], ['site', 'set', 'source', 'javascript:alert(1)'], ['site', 'set', 'nam.es', 'x'], ['site', 'page', 'abuot', 'es', 'x.md'],
    ['site', 'page', 'about', 'es', '/nowhere/x.md'], ['audit', 'verify', '--head', '12'], ['publish', '/es/media/no-such-text'],
    ['withdraw', '/es/media/no-such-text', '--why', 'x'], ['import', '/nowhere/page.txt'], ['opne'],
  ]
  await severalAtOnce(wrong, 3, {
    turns: (line) => [line.join(' ')],
    work: (line) => onServer(...line),
    tell: ({ code, out, err }, line) => {
      expect({ line, code, out }).toEqual({ line, code: 1, out: '' })
      expect(err).toMatch(/^altavoz: [^\n]+\n$/)
    },
  })
  expect((await onServer('site', 'show')).out).toBe(before)
}, 60_000)

test('every word has --help, for which no database is asked', async () => {
  const words = (await altavoz({}, '--help')).out.split('\n').flatMap((line) => /^  ([a-z-]+(?: [a-z-]+)*)/.exec(line)?.[1] ?? [])
  expect(words).toEqual(expect.arrayContaining(['import', 'publish', 'withdraw', 'site show', 'site set', 'open', 'close', 'starter remove', 'doctor', 'audit verify']))
  const seen = { code: 0, err: '', isItsOwn: true }
  await severalAtOnce(words, 3, {
    turns: (word) => [word],
    work: (word) => altavoz({ DATABASE_URL: 'postgres://x:x@127.0.0.1:1/x' }, ...word.split(' '), '--help'),
    tell: ({ code, out, err }, word) => expect({ word, code, err, isItsOwn: out.includes(`Usage: bin/altavoz ${word}`) }).toEqual({ word, ...seen }),
  })
}, 120_000)
