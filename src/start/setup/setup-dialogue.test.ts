import { expect, test } from 'vitest'
import type { Site } from '#kernel/site/site.ts'
import { Refusal } from '#kernel/database/refusal.ts'
import { readMail, shownMail, withLogin } from '#start/setup/setup-answers.ts'
import { type Given, interview } from '#start/setup/setup-dialogue.ts'
import { atTerminal, byFlagsAlone } from '#start/setup/setup-interviewers.ts'

const site: Site = {
  names: {}, languages: ['en', 'es', 'pt', 'fr', 'ht'], defaultLanguage: 'es', zone: 'UTC', colour: null, contact: {}, menu: [], source: null,
  identity: '00000000-0000-7000-8000-000000000000', openedAt: null,
}
const fresh = { site, origin: undefined, mail: undefined }
const nothing: Given = { names: {}, shortNames: {} }

/** Types these lines; answers with what was asked, what was said between, and what is wanted in the end. */
async function typing(lines: string[], standing: Parameters<typeof interview>[0] = fresh, given = nothing) {
  const prompts: string[] = []
  const said: string[] = []
  const left = [...lines]
  const terminal = {
    async ask(prompt: string, isSecret = false) {
      prompts.push(isSecret ? `(hidden) ${prompt}` : prompt)
      const typed = left.shift()
      if (typed === undefined) throw new Error(`nothing is typed at: ${prompt}`)
      return typed
    },
    close() {},
  }
  const wanted = await interview(standing, given, atTerminal(terminal, (line) => said.push(line)))
  expect(left).toEqual([])
  return { prompts, said, wanted }
}

test('a new site is asked for languages, names, address, mail and contact, and each is wanted as it was typed', async () => {
  const { wanted, said } = await typing([
    'es,en', 'Alianza de prueba', '', 'Alliance on trial', 'Alliance', 'https://example.org', 'smtps://ana@mail.example.org:465', 'p%ss word', 'contact@example.org',
  ])
  expect(said).toEqual([])
  expect(wanted).toEqual({
    site: [
      { key: 'languages', value: ['es', 'en'] }, { key: 'name', lang: 'es', value: 'Alianza de prueba' }, { key: 'shortName', lang: 'es', value: 'Alianza de prueba' },
      { key: 'name', lang: 'en', value: 'Alliance on trial' }, { key: 'shortName', lang: 'en', value: 'Alliance' }, { key: 'email', value: 'contact@example.org' },
    ],
    file: { ORIGIN: 'https://example.org', SMTP_URL: 'smtps://ana:p%25ss%20word@mail.example.org:465' },
  })
})

test('a wrong answer is told why at once, and asked for again', async () => {
  const { said, wanted } = await typing([
    'es,xx', 'es', '', 'Alianza', '', 'example.org', 'https://example.org/path', 'https://example.org', 'mail.example.org', 'smtp://a:secret@mail.example.org', 'none', 'me', 'none',
  ])
  expect(said).toHaveLength(7)
  expect(said[0]).toMatch(/does not speak “xx”/)
  expect(said[2]).toMatch(/example\.org.*write scheme and host/)
  expect(said[5]).toMatch(/Leave the password out/)
  expect(said.join()).not.toContain('secret')
  expect(wanted.file).toEqual({ ORIGIN: 'https://example.org', SMTP_URL: undefined })
})

const standing = {
  site: { ...site, languages: ['es', 'en'], names: { es: { name: 'Alianza', shortName: 'A' }, en: { name: 'Alliance', shortName: 'B' } }, contact: { email: 'c@example.org' } },
  origin: 'https://example.org', mail: 'smtps://ana:secret@mail.example.org:465',
}

test('what stands is offered, and Enter everywhere changes nothing; no password is shown', async () => {
  const { prompts, wanted } = await typing(Array.from({ length: 8 }, () => ''), standing)
  expect(wanted).toEqual({ site: [], file: {} })
  for (const shown of ['[es,en]', '[Alianza]', '[A]', '[Alliance]', '[https://example.org]', '[smtps://ana@mail.example.org:465 with its password]', '[c@example.org]']) {
    expect(prompts.some((prompt) => prompt.includes(shown)), shown).toBe(true)
  }
  expect(prompts.join()).not.toContain('secret')
})

test('a password is asked for out of sight; Enter keeps the one of the same user at the same server, and of no other', async () => {
  const enter = (n: number) => Array.from({ length: n }, () => '')
  const same = await typing([...enter(6), 'smtps://ana@mail.example.org:465', '', ''], standing)
  expect(same.prompts.at(-2)).toMatch(/^\(hidden\) .*Enter keeps it/)
  expect(same.wanted.file.SMTP_URL).toBe(standing.mail)
  const other = await typing([...enter(6), 'smtps://ana@elsewhere.example.org:465', '', 'other', ''], standing)
  expect(other.wanted.file.SMTP_URL).toBe('smtps://ana:other@elsewhere.example.org:465')
})

test('the default language can leave: another takes its place first', async () => {
  const { site: changes } = await interview(fresh, { ...nothing, languages: 'en,ht' }, byFlagsAlone)
  expect(changes).toEqual([{ key: 'languages', value: ['en', 'ht', 'es'] }, { key: 'defaultLanguage', value: 'en' }, { key: 'languages', value: ['en', 'ht'] }])
})

test('by flags alone nothing is asked, and what they do not name stays', async () => {
  expect(await interview(standing, nothing, byFlagsAlone)).toEqual({ site: [], file: {} })
  expect(await interview(standing, { ...nothing, mail: 'none' }, byFlagsAlone)).toEqual({ site: [], file: { SMTP_URL: undefined } })
  expect(await interview(standing, { ...nothing, mailPassword: 'new' }, byFlagsAlone)).toEqual({ site: [], file: { SMTP_URL: 'smtps://ana:new@mail.example.org:465' } })
})

test.each([
  [{ origin: 'example.org' }, /write scheme and host/], [{ languages: 'xx' }, /does not speak/], [{ names: { es: '' } }, /1 to 200 characters/],
  [{ mail: 'smtp://a:secret@h.example' }, /Leave the password out/], [{ mail: 'smtp://a@h.example' }, /--mail-password-file/], [{ contact: 'me' }, /not an e-mail address/],
])('a flag that is wrong is refused: %j', async (wrong, sentence) => {
  const refused = interview(fresh, { ...nothing, ...wrong }, byFlagsAlone)
  await expect(refused).rejects.toThrow(Refusal)
  await expect(refused).rejects.toThrow(sentence)
  await expect(refused).rejects.toThrow(/^((?!secret@|:secret).)*Nothing was changed\.$/)
})

test('what is shown of a mail server never holds its password', () => {
  expect(shownMail(withLogin('smtps://mail.example.org:465', 'ana@example.org', 'a:b@c%'))).toBe('smtps://ana%40example.org@mail.example.org:465 with its password')
  expect(readMail('NONE')).toEqual({ isGood: true, value: undefined })
})
