import { isIP } from 'node:net'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { bad, type Finding, good, shown, WAIT_MS } from '#kernel/commands/doctor-finding.ts'

/** Says hello to the mail server, signs in when there is a user, and hangs up. Nothing is ever sent. */
export function mail({ settings }: CommandHouse): Promise<Finding> | Finding {
  return settings.smtpUrl ? lookAtMail(settings.smtpUrl) : good('none is set; this version sends none')
}

/** @param trusted certificates of authorities to trust instead of the system's */
export async function lookAtMail(url: string, trusted?: string): Promise<Finding> {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  // On the machine itself there is nobody on the way; anywhere else a password and a name would be read there.
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  const where = `${host}:${port || (secure ? 465 : 587)}`
  // Only now: every other word of the command would wait for it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host, port: Number(port) || (secure ? 465 : 587), secure, requireTLS: !secure && !isHere, ignoreTLS: isHere && !secure && trusted === undefined,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: WAIT_MS, greetingTimeout: WAIT_MS, socketTimeout: WAIT_MS, dnsTimeout: WAIT_MS,
    ...(trusted !== undefined && { tls: { ca: trusted } }),
  })
  try {
    await transport.verify()
    return good(`${where} answers${secure ? ' over TLS' : isHere ? '' : ' and offers STARTTLS'}${username ? ', and takes user and password' : ''}; nothing was sent`)
  } catch (error) {
    return findingOf(error as Error & { code?: string; command?: string }, where)
  } finally {
    transport.close()
  }
}

function findingOf({ code, message }: Error & { code?: string }, where: string): Finding {
  switch (code) {
    case 'EAUTH': return bad(`${where} refuses user or password (${shown(message)})`, './bin/altavoz setup asks for both again')
    case 'ETLS': return bad(`${where} offers no encryption that can be trusted (${shown(message)})`, 'use its smtps:// address, or another server: names and links would be read on the way')
    default: return bad(`${where} does not answer as a mail server (${shown(code ?? message)})`, 'look whether address and port are right (./bin/altavoz setup), and whether a firewall lets this machine out')
  }
}
