import { isIP } from 'node:net'

/** The mail server that a setting names: where it is, and how safely it is spoken to. */
export function smtpOf(url: string, waitMs: number, trusted?: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  // On the machine itself there is nobody on the way; anywhere else a password and a name would be read there.
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  const at = Number(port) || (secure ? 465 : 587)
  const options = {
    host, port: at, secure, requireTLS: !secure && !isHere, ignoreTLS: isHere && !secure && trusted === undefined,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: waitMs, greetingTimeout: waitMs, socketTimeout: waitMs, dnsTimeout: waitMs,
    ...(trusted !== undefined && { tls: { ca: trusted } }),
  }
  return { options, where: `${host}:${at}`, secure, isHere, user: username ? decodeURIComponent(username) : undefined }
}
