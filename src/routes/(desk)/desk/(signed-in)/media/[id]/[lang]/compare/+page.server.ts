import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { m } from '#kernel/language/m.ts'
import { placeName } from '#kernel/place/place.ts'
import { barePhrase, formatClock, formatInstantDay } from '#kernel/when/phrase.ts'
import { NOT_STATED, parseWhen } from '#kernel/when/when.ts'
import { changedFacts, compareTexts, type FactNames } from '#rooms/media/compared.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { restoreRevision } from '#rooms/media/server/restore-actions.ts'
import { listRevisions } from '#rooms/media/server/revision-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { diffWords } from '#rooms/media/word-diff.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { headOf, inItem, itemAt } from '../../../../../../item-desk.ts'
import { signedIn } from '../../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../../typed.ts'

export const load = (async ({ locals, params, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db } } = locals
  const item = await itemAt(locals, params.id)
  const text = item.texts.find((one) => one.lang === params.lang)
  if (!text) error(404)
  const { zone } = await locals.house.site.get()
  const lines = await listRevisions(db, item.id, text.lang)
  const names = await listNames(db, lines.map(({ createdBy }) => createdBy))
  const chosen = (name: string) => lines.find(({ id }) => id === url.searchParams.get(name))
  const to = chosen('to') ?? lines[0]!
  // What readers see against what is newest; where they see it, or nothing, the one before.
  const from = chosen('from') ?? lines.find(({ id }) => id === text.publicRevisionId && id !== to.id) ?? lines.find(({ number }) => number === to.number - 1) ?? to
  const revisions = lines.map(({ id, number, createdAt, createdBy }) => {
    const said = { number: String(number), moment: `${formatInstantDay(createdAt, lang, zone)}, ${formatClock(createdAt, zone)}` }
    const name = names.get(createdBy)
    const line = name === undefined ? m.cmp_version_server(said, { locale: lang as 'en' }) : m.cmp_version({ ...said, name }, { locale: lang as 'en' })
    return { value: id, text: id === text.publicRevisionId ? `${line} (${m.cmp_public({}, { locale: lang as 'en' })})` : line }
  })
  const restored = lines.find(({ id }) => id === url.searchParams.get('restored'))
  return {
    head: headOf(item, text.lang, lang), revisions, from: from.id, to: to.id, restored: restored ? String(restored.number) : null,
    compared: from.id === to.id ? null : await compareRevisions(db, item.id, text.lang, [from.id, to.id], await namesIn(db, lang)),
    restore: from.id !== text.revisionId && mayWrite(who, item, text.lang) && !text.isWithdrawn ? { id: from.id, number: String(from.number), newest: text.revisionId } : null,
  }
}) satisfies PageServerLoad

type Db = Parameters<typeof listRevisions>[0]

async function compareRevisions(db: Db, itemId: string, lang: string, [from, to]: [string, string], names: FactNames) {
  const [former, later] = [await findRevision(db, itemId, lang, from), await findRevision(db, itemId, lang, to)]
  if (!former || !later) error(404)
  return {
    title: former.title === later.title ? null : diffWords(former.title, later.title),
    teaser: former.teaser === later.teaser ? null : diffWords(former.teaser, later.teaser),
    body: compareTexts(former.bodyMarkdown, later.bodyMarkdown), facts: changedFacts(former.frozen, later.frozen, names),
  }
}

async function namesIn(db: Db, lang: string): Promise<FactNames> {
  const topics = await listTopics(db)
  return {
    place: (code) => placeName(code, lang).text, when: (stored) => barePhrase(parseWhen(stored) ?? NOT_STATED, lang),
    topic: (key) => topicNamed(topics.find((one) => one.key === key) ?? { key, names: {} }, lang).name,
  }
}

export const actions = {
  async restore({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const [lang, revisionId, newest] = [params.lang!, typed(form, 'revision', 40), typed(form, 'newest', 40)]
    const outcome = await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), (tx, who, item, now) => restoreRevision(tx, { itemId: item.id, lang, revisionId, newest }, who.id, now))
    if (outcome.restored) redirect(303, `/desk/media/${params.id}/${lang}/compare?restored=${outcome.revisionId}`)
    return outcome.obstacle === 'not-found' ? error(404) : fail(409, { problem: outcome.obstacle })
  },
} satisfies Actions
