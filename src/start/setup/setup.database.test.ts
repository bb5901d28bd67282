// `bin/altavoz setup` as it is typed: by flags, and at a real terminal that `script` of util-linux makes.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { severalAtOnce } from '#kernel/commands/several-at-once.ts'
import { altavoz, builtCommand, type Ended } from '#kernel/testing/built-command.ts'
import { testDatabase } from '#kernel/testing/database.ts'
import { cleanUpFolders, makeFolder } from '#kernel/testing/embedded-folders.ts'

cleanUpFolders()
const { url } = await testDatabase()
const settings = async () => ({ PATH: '/usr/bin:/bin', TERM: 'dumb', DATABASE_URL: url.replace('@/', '@localhost/'), DATA_DIR: await makeFolder() })
type Place = Awaited<ReturnType<typeof settings>>

const fileOf = (place: Place) => (existsSync(join(place.DATA_DIR, 'settings.env')) ? readFileSync(join(place.DATA_DIR, 'settings.env'), 'utf8') : '')

test('by flags it sets the site and writes the file, once; again it changes only what is answered otherwise', async () => {
  const place = await settings()
  const flags = ['setup', '--yes', '--languages', 'es,en', '--name', 'es=Alianza de prueba', '--name', 'en=Alliance', '--origin', 'https://example.org', '--contact', 'c@example.org', '--mail', 'none']
  expect(await altavoz(place, ...flags)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^ok: languages is set\nok: name\.es is set\n/) })
  expect(fileOf(place)).toBe(`ORIGIN='https://example.org'\n`)
  expect(statSync(join(place.DATA_DIR, 'settings.env')).mode & 0o777).toBe(0o600)
  const { out } = await altavoz(place, 'site', 'show')
  expect(out).toMatch(/^name\.es\tAlianza de prueba\nshort_name\.es\tAlianza de prueba\nname\.en\tAlliance\n/)
  expect(out).toMatch(/^languages\tes,en$[\s\S]*^contact\.email\tc@example\.org$/m)
  expect((await altavoz(place, ...flags)).out).toBe('all of that was so already; nothing was changed\n')
  expect((await altavoz(place, 'setup', '--yes', '--contact', 'none')).out).toMatch(/^ok: contact\.email is set\nNext/)
  expect(fileOf(place)).toBe(`ORIGIN='https://example.org'\n`)
}, 60_000)

test('a password comes from a file, and stands nowhere but in the settings file', async () => {
  const place = await settings()
  const secret = join(place.DATA_DIR, '..', 'secret')
  writeFileSync(secret, 'hunter#2 \'"\nsecond line\n')
  const { code, out, err } = await altavoz(place, 'setup', '--yes', '--mail', 'smtps://ana@mail.example.org:465', '--mail-password-file', secret)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('smtps://ana@mail.example.org:465 with its password')
  expect(out).not.toContain('hunter')
  expect(fileOf(place)).toContain(encodeURIComponent(`hunter#2 `))
}, 60_000)

test('what is wrong is refused in one line, and neither site nor file changes', async () => {
  const place = await settings()
  const before = (await altavoz(place, 'site', 'show')).out
  for (const wrong of [
    ['--origin', 'example.org'], ['--name', 'Alianza'], ['--name', 'xx=A'], ['--languages', 'es,xx'], ['--mail', 'smtp://a:hunter2@h.example'],
    ['--mail', 'smtp://a@h.example'], ['--mail-password-file', '/nowhere'], ['--contact', 'me'], ['--short-name', `es=${'x'.repeat(41)}`],
  ]) {
    const { code, out, err } = await altavoz(place, 'setup', '--yes', '--name', 'es=Never set', ...wrong)
    expect({ wrong, code, out }).toEqual({ wrong, code: 1, out: '' })
    expect(err).toMatch(/^altavoz: [^\n]+\n$/)
    expect(err).not.toContain('hunter2')
  }
  expect((await altavoz(place, 'setup')).err).toMatch(/^altavoz: There is no terminal to ask at\..*--yes/)
  expect((await altavoz(place, 'site', 'show')).out).toBe(before)
  expect(readdirSync(place.DATA_DIR)).not.toContain('settings.env')
}, 60_000)

test('a full disk or a closed folder changes neither file nor site', async ({ skip }) => {
  const place = await settings()
  await altavoz(place, 'site', 'show')
  const before = (await altavoz(place, 'site', 'show')).out
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    try {
      execFileSync('chattr', ['+i', place.DATA_DIR], { stdio: 'ignore' })
    } catch {
      skip('root may write into every folder here')
    }
  } else chmodSync(place.DATA_DIR, 0o500)
  try {
    const { code, err } = await altavoz(place, 'setup', '--yes', '--name', 'es=Never set', '--origin', 'https://example.org')
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/^altavoz: [^\n]+DATA_DIR[^\n]+\n$/) })
  } finally {
    if (isRoot) execFileSync('chattr', ['-i', place.DATA_DIR])
    else chmodSync(place.DATA_DIR, 0o700)
  }
  expect((await altavoz(place, 'site', 'show')).out).toBe(before)
}, 60_000)

test('the settings file is read by every word; a line of it that is wrong is named, with the file', async () => {
  const place = await settings()
  await altavoz(place, 'site', 'show')
  writeFileSync(join(place.DATA_DIR, 'settings.env'), 'ORIGIN=example.org\n')
  expect(await altavoz(place, 'site', 'show')).toMatchObject({ code: 1, err: expect.stringMatching(/^altavoz: ORIGIN is "example.org".* It stands in .*settings\.env\.\n$/) })
  expect(await altavoz({ ...place, ORIGIN: 'https://example.org' } as Place, 'site', 'show')).toMatchObject({ code: 0 })
}, 60_000)

const hasScript = process.platform === 'linux' && existsSync('/usr/bin/script')
const atTerminal = hasScript ? '' : ' (skipped: this machine has no script, of util-linux)'

const MOVES = new RegExp(String.raw`\x1b\[[0-9;?]*[A-Za-z]`, 'g')

/** Types each line once the one before was asked for. */
function type(place: Place, lines: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn('/usr/bin/script', ['--quiet', '--return', '--command', `'${process.execPath}' '${builtCommand}' setup`, '/dev/null'], { env: { ...place, SHELL: '/bin/sh' } })
    const left = [...lines]
    let out = ''
    let answeredAt = -1
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes
      // What moves the cursor is no text; a question ends with a colon and a blank, and what is typed here never does.
      const text = out.replace(MOVES, '')
      if (!text.endsWith(': ') || text.length === answeredAt) return
      answeredAt = text.length
      const line = left.shift()
      if (line !== undefined) child.stdin.write(line)
    })
    child.on('close', (code) => done({ code: code ?? 1, out: out.replaceAll('\r', ''), err: '' }))
  })
}

test.runIf(hasScript)(`at a terminal it asks, asks again with the reason, and hides the password${atTerminal}`, async () => {
  const place = await settings()
  const { code, out } = await type(place, [
    'es,xx\n', 'es\n', 'Red de prueba\n', '\n', 'https://example.net\n', 'smtps://ana@mail.example.net:465\n', 'hunter2\n', 'none\n',
  ])
  expect(code, out).toBe(0)
  expect(out).toContain('does not speak “xx”')
  expect(out).not.toContain('hunter2')
  expect(out).toMatch(/ok: name\.es is set/)
  expect(fileOf(place)).toBe(`ORIGIN='https://example.net'\nSMTP_URL='smtps://ana:hunter2@mail.example.net:465'\n`)
}, 60_000)

test.runIf(hasScript)(`lines that are pasted all at once are answers in their order${atTerminal}`, async () => {
  const place = await settings()
  const { code, out } = await type(place, ['es\nRed pegada\nRed\nhttps://pasted.example\nnone\nnone\n'])
  expect(code, out).toBe(0)
  expect((await altavoz(place, 'site', 'show')).out).toMatch(/^name\.es\tRed pegada\nshort_name\.es\tRed$/m)
}, 60_000)

const CTRL_C = '\x03'
const CTRL_D = '\x04'
const ANSWERS = ['es,en\n', 'Never set\n', 'Never\n', 'Never set\n', 'Never\n', 'https://never.example\n', 'smtps://ana@never.example:465\n', 'hunter2\n', 'never@example.org\n']

test.runIf(hasScript)(`Ctrl-C at any question, and Ctrl-D, leave everything as it was${atTerminal}`, async () => {
  const place = await settings()
  const before = (await altavoz(place, 'site', 'show')).out
  const ends = [...ANSWERS.keys()].map((n) => ({ n, key: CTRL_C })).concat({ n: 3, key: CTRL_D })
  await severalAtOnce(ends, 2, {
    turns: ({ n, key }) => [`${n}${key}`],
    work: async ({ n, key }) => type(place, [...ANSWERS.slice(0, n), key]),
    tell: ({ code, out }, { n }) => expect({ n, code, said: out.includes('Stopped. Nothing was changed.') }, out).toEqual({ n, code: 1, said: true }),
  })
  expect((await altavoz(place, 'site', 'show')).out).toBe(before)
  expect(readdirSync(place.DATA_DIR).filter((name) => name.startsWith('settings'))).toEqual([])
}, 180_000)
