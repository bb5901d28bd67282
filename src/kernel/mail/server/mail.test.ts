import { afterAll, expect, test } from 'vitest'
import { openMail } from '#kernel/mail/server/mail.ts'
import { startMailServer } from '#kernel/testing/mail-server.ts'

const server = await startMailServer()
afterAll(() => server.close())
const mail = openMail(server.url, 'https://desk.example.org')
const letter = { to: 'luz@example.org', subject: 'Hay algo pendiente', text: 'Aquí:\nhttps://desk.example.org/desk\n' }

test('a letter is plain text, from an address without a name, and says nothing of the program', async () => {
  await mail.send(letter)
  const [got] = server.letters.splice(0)
  expect([got!.from, got!.to]).toEqual(['noreply@desk.example.org', ['luz@example.org']])
  expect(got!.raw).toMatch(/^From: noreply@desk\.example\.org\r$/m)
  expect(got!.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
  expect(got!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(got!.raw).not.toMatch(/X-Mailer|text\/html|nodemailer|<img/i)
})

test('an address is one address, whatever stands in it', async () => {
  await mail.send({ ...letter, to: 'luz@example.org, other@example.org' }).catch(() => {})
  expect(server.letters.splice(0).flatMap(({ to }) => to)).not.toContain('other@example.org')
  await mail.send({ ...letter, subject: 'a\r\nBcc: other@example.org' })
  expect(server.letters.splice(0).map(({ to }) => to)).toEqual([['luz@example.org']])
})

test('what the mail server says of an address is not passed on', async () => {
  server.refuses = true
  const error = await mail.send(letter).catch((reason: unknown) => reason as Error)
  server.refuses = false
  expect(error).toMatchObject({ name: 'MailFailure', message: 'the mail server did not take it (EENVELOPE 550)' })
  expect(`${error?.stack}${JSON.stringify(error)}`).not.toContain('luz@')
})
