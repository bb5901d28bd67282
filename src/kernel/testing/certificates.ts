/** Certificates of an authority of our own, by openssl: good ones, ended ones, and ones for another name. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0
/** To be put at the end of a test's title: says why it was skipped. */
export const withOpenssl = hasOpenssl ? '' : ' (skipped: this machine has no openssl)'

export interface Certificate { cert: string; key: string }

const CONFIG = `
[ca]
default_ca = here
[here]
database = index
serial = serial
new_certs_dir = new
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = dn
prompt = no
[dn]
CN = altavoz test
[authority]
basicConstraints = critical,CA:TRUE
`

/** An authority that signs for a name from one day to another (YYYY-MM-DD). */
export function makeAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'altavoz-ca-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  writeFileSync(join(folder, 'config'), CONFIG)
  writeFileSync(join(folder, 'index'), '')
  writeFileSync(join(folder, 'serial'), '01\n')
  mkdirSync(join(folder, 'new'))
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'config', '-extensions', 'authority', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '3650')
  return {
    cert: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    sign(name: string, from: string, until: string): Certificate {
      openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'config', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', 'key', '-out', 'csr')
      const days = ['-startdate', from, '-enddate', until].map((word) => (word.startsWith('-') ? word : `${word.replaceAll('-', '')}000000Z`))
      openssl('ca', '-batch', '-notext', '-config', 'config', '-keyfile', 'ca.key', '-cert', 'ca.pem', ...days, '-in', 'csr', '-out', 'cert')
      return { cert: readFileSync(join(folder, 'cert'), 'utf8'), key: readFileSync(join(folder, 'key'), 'utf8') }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
