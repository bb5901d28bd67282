// A real mail server on this machine, which keeps what it is given.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface TestMailServer {
  url: string
  letters: { from: string; to: string[]; raw: string }[]
  /** While true it refuses everybody, and quotes the address as many do. */
  refuses: boolean
  close(): Promise<void>
}

export async function startMailServer(): Promise<TestMailServer> {
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onRcptTo: ({ address }, _, done) => done(own.refuses ? new Error(`no mailbox ${address} here`) : undefined),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        own.letters.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw: Buffer.concat(parts).toString() })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  const own: TestMailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, letters: [], refuses: false,
    close: () => new Promise((done) => { server.close(() => done()) }),
  }
  return own
}
