import { smtpOf } from '#kernel/mail/server/smtp.ts'

export interface Letter {
  to: string
  subject: string
  /** Plain text: nothing in it tells that it was opened. */
  text: string
}

export interface Mail {
  /** The canonical origin, which the links of a letter begin with. */
  origin: string
  send(letter: Letter): Promise<void>
}

/** What a mail server said may quote the address that it was asked to write to: of its answer only the codes are kept. */
export class MailFailure extends Error {
  override name = 'MailFailure'
}

const WAIT_MS = 20_000

/** @param trusted certificates of authorities to trust instead of the system's */
export function openMail(url: string, origin: string, trusted?: string): Mail {
  const { options, user } = smtpOf(url, WAIT_MS, trusted)
  return {
    origin,
    async send({ to, subject, text }) {
      // Only now: a house that sends nothing does not load it.
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({ ...options, disableFileAccess: true, disableUrlAccess: true })
      try {
        await transport.sendMail({
          // No name of the alliance: it would stand on a locked screen.
          from: senderOf(user, origin), to: { name: '', address: to }, subject, text, xMailer: false,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number }
        throw new MailFailure(`the mail server did not take it (${[code, responseCode].filter(Boolean).join(' ') || 'no code'})`)
      } finally {
        transport.close()
      }
    },
  }
}

/** Who signs in to the mail server writes from there, as most of them ask. */
const senderOf = (user: string | undefined, origin: string): string =>
  user && /^[^@\s<>]+@[^@\s<>]+$/.test(user) ? user : `noreply@${new URL(origin).hostname}`
