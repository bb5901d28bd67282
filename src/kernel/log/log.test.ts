import { expect, test } from 'vitest'
import { openLog } from '#kernel/log/log.ts'

const now = Temporal.Instant.from('2026-11-24T12:00:00.123456Z')

function listening() {
  const lines: string[] = []
  return { lines, log: openLog((line) => void lines.push(line), () => now) }
}

test('an event is one line of JSON', () => {
  const { lines, log } = listening()
  log.info('answered', { route: '/[lang]/media/[slug]', status: 200, ms: 1.5, text: 'two\nlines' })
  expect(lines).toHaveLength(1)
  expect(lines[0]!.trimEnd()).not.toContain('\n')
  expect(JSON.parse(lines[0]!)).toEqual({
    at: '2026-11-24T12:00:00.123Z', level: 'info', event: 'answered',
    route: '/[lang]/media/[slug]', status: 200, ms: 1.5, text: 'two\nlines',
  })
})

test.each([
  ['190.12.45.7', 'connect ECONNREFUSED 190.12.45.7:5432'],
  ['2001:db8::8a2e:370:7334', 'from 2001:db8::8a2e:370:7334'],
  ['::ffff:190.12.45.7', 'peer ::ffff:190.12.45.7 left'],
  ['fe80::1', 'peer fe80::1%eth0 left'],
  ['rosa.maria@example.org', 'no such reader: rosa.maria@example.org'],
  ['señora@correo.example', 'mailbox <señora@correo.example> is full'],
  ['aborto', 'GET /es/media?q=aborto&lang=es answered 500'],
  ['J8x_2Qm-7fPz0aYb3cWd5eVf9gUh1iTj4kSl6mRn8oQ', 'GET /desk/in/J8x_2Qm-7fPz0aYb3cWd5eVf9gUh1iTj4kSl6mRn8oQ/key.png answered 500'],
  ['hunter2', 'cannot open postgres://altavoz:hunter2@localhost/altavoz'],
])('%s does not get into the log, in a field or in an error', (secret, text) => {
  const { lines, log } = listening()
  log.info('tried', { text })
  log.error('failed', new Error(text))
  log.error('failed', text)
  log.error('failed', Object.assign(new Error('duplicate key'), { code: '23505', detail: text, where: text, parameters: [text] }))
  log.error('failed', new Error('outer', { cause: new Error(text) }))
  expect(lines).toHaveLength(5)
  expect(lines.join('')).not.toContain(secret)
})

test('a value that the database would not take is not quoted', () => {
  const { lines, log } = listening()
  log.error('failed', Object.assign(new Error('invalid input syntax for type uuid: "rosa maria"'), { code: '22P02' }))
  expect(JSON.parse(lines[0]!)).toMatchObject({ code: '22P02' })
  expect(lines[0]).not.toContain('rosa')
})

test('moments, versions, templates and code places are still readable', () => {
  const { lines, log } = listening()
  log.info('started', { text: 'PostgreSQL 18.4 at 12:34:56 on 2026-11-24T12:34:56Z, sha 9f2c:1, src/kernel/log/log.ts:12:5, /[lang]/media' })
  expect(JSON.parse(lines[0]!).text).toBe('PostgreSQL 18.4 at 12:34:56 on 2026-11-24T12:34:56Z, sha 9f2c:1, src/kernel/log/log.ts:12:5, /[lang]/media')
})

test('an error says what it was and where in our code', () => {
  const { lines, log } = listening()
  log.error('failed', Object.assign(new TypeError('first line\nsecond line'), { code: 'E_TEST' }), { route: '/[lang]' })
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'error', error: 'TypeError', code: 'E_TEST', message: 'first line', route: '/[lang]' })
  expect(JSON.parse(lines[0]!).stack).toContain('log.test.ts')
})
