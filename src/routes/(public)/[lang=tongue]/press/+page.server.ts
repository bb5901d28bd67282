import type { PageServerLoad } from './$types.js'
import { notUsedIn } from '#kernel/language/glossary.ts'
import { listPressContacts, listPressTexts } from '#kernel/site/server/press-queries.ts'
import { factsFor } from '#rooms/media/facts.ts'
import { listNewestOf } from '#rooms/media/server/summary-queries.ts'
import { askedLanguage } from '../../../asked-language.ts'

const MOST_STATEMENTS = 5
/** The words that a newsroom gets wrong most often. */
const FIRST_WORDS = ['prostitute', 'prostitution', 'body', 'client', 'child']

export const load = (async ({ locals, params }) => {
  const { lang, site } = await askedLanguage(locals, params.lang)
  const { reading, house } = locals
  reading.tag(`list:media:${lang}`)
  const [contacts, texts, statements] = await house.db.snapshot((db) => Promise.all([
    listPressContacts(db), listPressTexts(db), listNewestOf(db, lang, ['statement', 'press_release'], MOST_STATEMENTS, reading.now),
  ]))
  reading.freshBefore(statements.changesAt)
  for (const { id } of statements.items) reading.tag(`item:${id}`)
  return {
    contacts, email: site.contact.email, statements: statements.items, facts: factsFor(lang),
    words: notUsedIn(lang).filter(({ id }) => FIRST_WORDS.includes(id)),
    text: texts.find((text) => text.lang === lang)?.bodyMarkdown,
    textIn: texts.map((text) => text.lang).filter((one) => one !== lang && site.languages.includes(one)),
  }
}) satisfies PageServerLoad
