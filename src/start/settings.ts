/** One schema a setting. Each message continues the setting's name: "PORT is "eighty": write a number from 1 to 65535". */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import * as v from 'valibot'

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

const listed = (written: string) => written.split(/[\s,]+/).filter(Boolean)
const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1')

export const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, quoting('write a number from 1 to 65535')),
  v.transform(Number),
  v.check((n) => n >= 1 && n <= 65535, quoting('write a number from 1 to 65535')),
)

export const hosts = v.pipe(
  v.string(),
  v.transform((written) => listed(written).map(bare)),
  v.check(
    (all) => all.length > 0 && all.every((one) => isIP(one) || (HOST_NAME.test(one) && !/^[\d.]+$/.test(one))),
    quoting('write addresses of this machine, such as 127.0.0.1 or 0.0.0.0, with commas between'),
  ),
)

export const origins = v.pipe(
  v.string(),
  v.transform(listed),
  v.check((all) => all.length > 0 && all.every((one) => originOf(one) !== undefined),
    quoting('write scheme and host alone, such as https://example.org, with commas between several')),
  v.transform((all) => [...new Set(all.map((one) => originOf(one)!))]),
)

export const dataDir = v.pipe(
  v.string(),
  v.check((path) => !path.includes('\0'), 'holds a NUL byte: write the path of a folder'),
  v.check((path) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(path), quoting('write the path of a folder on this machine, not an address')),
  v.transform((path) => resolve(path)),
)

/** Offsets are refused: filters by day would be an hour wrong for half the year where clocks change. */
export const zone = v.pipe(
  v.string(),
  v.check((name) => /^[a-z]/i.test(name) && isZone(name), quoting('write the name of a time zone, such as America/Bogota')),
)

export const postgresUrl = v.pipe(
  v.string(),
  v.check((written) => ['postgres:', 'postgresql:'].includes(postgresAddress(written)?.protocol ?? ''),
    'is not the address of a PostgreSQL database: write postgres://USER:PASSWORD@HOST:5432/DATABASE'),
  v.check((written) => namesHost(postgresAddress(written)!),
    'names no server: write postgres://USER:PASSWORD@HOST:5432/DATABASE'),
  v.check((written) => decodes(postgresAddress(written)!),
    'holds a % that is not an escape: write a percent sign in a user or password as %25'),
)

export const smtpUrl = v.pipe(
  v.string(),
  v.check((written) => ['smtp:', 'smtps:'].includes(protocolOf(written)) && new URL(written).hostname !== '',
    'is not the address of a mail server: write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465'),
  v.check((written) => decodes(new URL(written)),
    'holds a % that is not an escape: write a percent sign in a user or password as %25'),
)

export const addresses = v.pipe(
  v.string(),
  v.transform(listed),
  v.check((all) => all.length > 0 && all.every(isNetwork),
    quoting('write the proxy\'s address or network, such as 127.0.0.1 or 10.0.0.0/8, with commas between several')),
)

/** Short tokens can be guessed; blanks cannot travel in an Authorization header. */
export const token = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{16,}$/, 'is too short or holds blanks: write at least 16 letters and digits'),
)

export const onOrOff = v.pipe(v.string(), v.regex(/^(on|off)$/, quoting('write on or off')), v.transform((written) => written === 'on'))

export const isOnion = (origin: string): boolean => new URL(origin).hostname.endsWith('.onion')

/** A setting of the address table that this version does not serve: passing over it in silence would mislead. */
export function unused(because: string) {
  return v.pipe(v.string(), v.check(() => false, `is set, but ${because}: leave it out`))
}

/** The value as it was written is put before this by env.ts; only settings that hold no secret may use it. */
function quoting(remedy: string) {
  return `: ${remedy}`
}

function protocolOf(written: string) {
  return URL.canParse(written) ? new URL(written).protocol : ''
}

function originOf(written: string): string | undefined {
  if (!URL.canParse(written)) return undefined
  const { protocol, origin, pathname, search, hash, username, password } = new URL(written)
  const isAlone = pathname === '/' && !search && !hash && !username && !password && !written.includes('*')
  return isAlone && (protocol === 'https:' || protocol === 'http:') ? origin : undefined
}

const NO_HOST = 'no-host.invalid'

/** PostgreSQL's addresses may name a user and no host (`postgres://user:secret@/db?host=/run/postgresql`); URLs may not. */
function postgresAddress(written: string): URL | undefined {
  const withHost = written.replace(/^([a-z]+:\/\/[^/?#]*@)(?=\/)/i, `$1${NO_HOST}`)
  return URL.canParse(withHost) ? new URL(withHost) : undefined
}

/** `?host=/run/postgresql` is how an address names a socket folder. */
function namesHost(url: URL) {
  return !['', NO_HOST].includes(url.hostname) || url.searchParams.has('host')
}

function decodes(url: URL) {
  try {
    return [url.username, url.password, url.pathname].every((part) => decodeURIComponent(part) !== undefined)
  } catch {
    return false
  }
}

function isZone(name: string) {
  try {
    return new Temporal.ZonedDateTime(0n, name) instanceof Temporal.ZonedDateTime
  } catch {
    return false
  }
}

function isNetwork(written: string) {
  const [address, bits, ...rest] = written.split('/') as [string, string?, ...string[]]
  const widest = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
  const isWidth = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest)
  return widest > 0 && isWidth && rest.length === 0
}
