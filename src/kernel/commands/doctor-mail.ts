import type { CommandHouse } from '#kernel/commands/command.ts'
import { bad, type Finding, good, shown, WAIT_MS } from '#kernel/commands/doctor-finding.ts'
import { smtpOf } from '#kernel/mail/server/smtp.ts'

/** Says hello to the mail server, signs in when there is a user, and hangs up. Nothing is ever sent. */
export function mail({ settings }: CommandHouse): Promise<Finding> | Finding {
  return settings.smtpUrl ? lookAtMail(settings.smtpUrl) : good('none is set: this house sends no mail')
}

/** @param trusted certificates of authorities to trust instead of the system's */
export async function lookAtMail(url: string, trusted?: string): Promise<Finding> {
  const { options, where, secure, isHere, user } = smtpOf(url, WAIT_MS, trusted)
  // Only now: every other word of the command would wait for it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(options)
  try {
    await transport.verify()
    return good(`${where} answers${secure ? ' over TLS' : isHere ? '' : ' and offers STARTTLS'}${user !== undefined ? ', and takes user and password' : ''}; nothing was sent`)
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
