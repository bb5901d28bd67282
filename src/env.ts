/**
 * The only place that reads `process.env`. A malformed setting ends the start with one sentence that names it and says
 * what to write; a value that may hold a password is never printed back.
 */
import * as v from 'valibot'
import { Refusal } from '#kernel/database/refusal.ts'
import { readSettingsFile, settingsFileOf } from '#start/settings-file.ts'
import { addresses, dataDir, hosts, isOnion, onOrOff, origins, port, postgresUrl, smtpUrl, token, unused, zone } from '#start/settings.ts'

export interface Settings {
  /** Addresses to listen on. */
  hosts: string[]
  port: number
  /** Scheme, host and port of every name this house answers for; the first is the canonical one. */
  origins: string[]
  /** Absolute. */
  dataDir: string
  /** The zone that a new site begins with; later `site set zone` is what counts. */
  zone: string | undefined
  /** Undefined: the embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | undefined
  /** For LISTEN, locks and migrations, which a connection pooler breaks. */
  databaseDirectUrl: string | undefined
  smtpUrl: string | undefined
  /** Addresses and networks (CIDR) whose `X-Forwarded-*` headers are believed. */
  trustedProxies: string[]
  /** Without it `/metrics` answers like an address that never was. */
  metricsToken: string | undefined
  /** Whether somebody who writes may have this house ask other sites whether a link still leads somewhere. */
  checksLinks: boolean
}

type Environment = Record<string, string | undefined>

/** Without an argument: the environment and, where that says nothing, the settings file of its data folder. */
export function readSettings(env?: Environment): Settings {
  if (env) return settingsOf(env)
  const own = Object.fromEntries(Object.entries(process.env).filter(([, written]) => written?.trim()))
  const folder = dataDirOf(own)
  const ofFile = readSettingsFile(folder, settingNames())
  try {
    return settingsOf({ ...ofFile, ...own })
  } catch (error) {
    const name = error instanceof Refusal ? (/^[A-Z_]+/.exec(error.message)?.[0] ?? '') : ''
    if (!(name in ofFile) || name in own) throw error
    throw new Refusal(`${(error as Refusal).message} It stands in ${settingsFileOf(folder)}.`)
  }
}

/** Every setting that there is. */
export function settingNames(): string[] {
  const asked: string[] = []
  settingsOf(new Proxy({}, { get: (_, name) => void asked.push(String(name)) }))
  return asked
}

/** What the environment says counts more than the settings file: whoever writes that must tell. */
export const isInEnvironment = (name: string): boolean => !!process.env[name]?.trim()

function dataDirOf(env: Environment): string {
  const written = env.DATA_DIR?.trim()
  return written ? parsed('DATA_DIR', dataDir, written) : v.parse(dataDir, './data')
}

function settingsOf(env: Environment): Settings {
  const read = <T>(name: string, schema: v.GenericSchema<string, T>): T | undefined => {
    const written = env[name]?.trim()
    return written ? parsed(name, schema, written) : undefined
  }
  const chosenPort = read('PORT', port) ?? 3000
  const databaseUrl = read('DATABASE_URL', postgresUrl)
  const databaseDirectUrl = read('DATABASE_DIRECT_URL', postgresUrl) ?? databaseUrl
  if (databaseDirectUrl && !databaseUrl)
    throw new Refusal('DATABASE_DIRECT_URL is set and DATABASE_URL is not: set both, or neither.')
  const chosenOrigins = read('ORIGIN', origins) ?? [`http://localhost:${chosenPort}`]
  read('BLOB_URL', unused('this version keeps its files in DATA_DIR/blobs'))
  return {
    hosts: read('HOST', hosts) ?? ['127.0.0.1', '::1'],
    port: chosenPort,
    origins: chosenOrigins,
    dataDir: dataDirOf(env),
    zone: read('SITE_ZONE', zone),
    databaseUrl,
    databaseDirectUrl,
    smtpUrl: read('SMTP_URL', smtpUrl),
    trustedProxies: read('TRUSTED_PROXY', addresses) ?? [],
    metricsToken: read('METRICS_TOKEN', token),
    // Asking tells the address of this machine, which an onion service is there to hide.
    checksLinks: read('LINK_CHECKS', onOrOff) ?? !chosenOrigins.some(isOnion),
  }
}

function parsed<T>(name: string, schema: v.GenericSchema<string, T>, written: string): T {
  // A check may rely on those before it: what is no address at all would throw in the next one, with its password.
  const result = v.safeParse(schema, written, { abortPipeEarly: true })
  if (result.success) return result.output
  const why = result.issues[0].message
  throw new Refusal(why.startsWith(':') ? `${name} is ${JSON.stringify(written)}${why}.` : `${name} ${why}.`)
}

/** SvelteKit 3 takes a file of this name for its list of variables. Ours reach no page, so it gets none. */
export const variables = {}
