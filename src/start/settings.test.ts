import { expect, test } from 'vitest'
import { readSettings } from '#env.ts'
import { Refusal } from '#kernel/database/refusal.ts'

test('an empty environment gives a house on this machine alone', () => {
  const settings = readSettings({})
  expect(settings).toMatchObject({ hosts: ['127.0.0.1', '::1'], port: 3000, origins: ['http://localhost:3000'] })
  expect(settings.databaseUrl).toBeUndefined()
})

test('links are looked at for whoever writes, unless it is switched off or one of the names is an onion’s, whose machine asking would betray', () => {
  const onion = `https://example.org,http://${'a'.repeat(56)}.onion`
  expect([{}, { LINK_CHECKS: 'off' }, { ORIGIN: onion }, { ORIGIN: onion, LINK_CHECKS: 'on' }].map((env) => readSettings(env).checksLinks)).toEqual([true, false, false, true])
})

test('an empty value counts as not set', () => {
  expect(readSettings({ PORT: ' ', SITE_ZONE: '' })).toMatchObject({ port: 3000, zone: undefined })
})

test('the first origin is the canonical one, and each loses its slash and its default port', () => {
  const { origins } = readSettings({ ORIGIN: 'https://example.org:443/, http://[::1]:8080 https://example.org' })
  expect(origins).toEqual(['https://example.org', 'http://[::1]:8080'])
})

test('the direct database address is the pooled one unless told otherwise', () => {
  const pooled = 'postgres://a:b@pool:6432/altavoz'
  const direct = 'postgres://a:b@db:5432/altavoz'
  expect(readSettings({ DATABASE_URL: pooled }).databaseDirectUrl).toBe(pooled)
  expect(readSettings({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: direct }).databaseDirectUrl).toBe(direct)
})

test.each([
  ['PORT', '0'],
  ['PORT', '70000'],
  ['HOST', 'here there!'],
  ['HOST', '300.1.1.1'],
  ['ORIGIN', 'example.org'],
  ['ORIGIN', 'https://example.org/path'],
  ['DATA_DIR', 's3://bucket'],
  ['SITE_ZONE', 'Mars/Olympus'],
  ['SITE_ZONE', '-05:00'],
  ['DATABASE_URL', 'mysql://x/y'],
  ['DATABASE_URL', 'postgres:///x'],
  ['SMTP_URL', 'mail.example.org'],
  ['BLOB_URL', 's3://bucket'],
  ['TRUSTED_PROXY', '10.0.0.0/33'],
  ['METRICS_TOKEN', 'short'],
  ['LINK_CHECKS', 'sometimes'],
])('%s=%s is refused by a sentence that begins with its name and says what to do', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} .*: (write|leave|set) .*\\.$`))
})

test('a refusal never prints a password back', () => {
  expect(() => readSettings({ DATABASE_URL: 'postgres://u:hunter2@:bad/x' })).toThrow(/^((?!hunter2).)*$/)
  expect(() => readSettings({ METRICS_TOKEN: 'hunter2' })).toThrow(/^((?!hunter2).)*$/)
})

test.each(['foo', 'postgres://u:secretword@/db', 'postgres://u:secretword@[bad/db', 'postgres://u:secretword%zz@host/db', 'https://u:secretword@host/db', 'secretword'])('a malformed DATABASE_URL is refused in a sentence that holds no password: %s', (written) => {
  let refused: unknown
  try {
    readSettings({ DATABASE_URL: written })
  } catch (error) {
    refused = error
  }
  expect(refused).toBeInstanceOf(Refusal)
  expect((refused as Refusal).message).not.toContain('secretword')
})

test('an address that names a socket folder instead of a host is a PostgreSQL address', () => {
  const written = 'postgresql://altavoz:secretword@/postgres?host=%2Frun%2Fpostgresql'
  expect(readSettings({ DATABASE_URL: written }).databaseUrl).toBe(written)
})
