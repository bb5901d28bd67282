import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { behindBy, countNotYet, translationRows } from '#rooms/media/behind.ts'
import { isRead } from '#rooms/media/second-reading.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { readAs, recordReading } from '#rooms/media/server/reading-actions.ts'
import { findFollowed, findReadingState } from '#rooms/media/server/translation-queries.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { headOf, inItem, itemAt } from '../../../../../../item-desk.ts'
import { signedIn } from '../../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../../typed.ts'

export const load = (async ({ locals, params: { id, lang }, url }) => {
  const who = signedIn(locals.viewer)
  const { lang: spoken, reading: { db } } = locals
  const item = await itemAt(locals, id)
  const [text, followed, state] = [await findRevision(db, id, lang), await findFollowed(db, id, lang), await findReadingState(db, id, lang)]
  if (!text || !followed || !state) error(404)
  const source = followed.sourceId === null ? undefined : await findRevision(db, id, item.originalLang, followed.sourceId)
  const newest = source && (await findRevision(db, id, item.originalLang))
  const { zone } = await locals.house.site.get()
  const names = await listNames(db, [...state.makers, ...(state.last ? [state.last.readBy] : [])])
  return {
    head: headOf(item, lang, spoken), textLang: lang, language: languageName(lang, spoken), number: String(text.number), read: readAs(followed),
    text: { title: text.title, teaser: text.teaser, credit: text.frozen.translator ?? '' }, source: source ? { lang: source.lang, name: languageName(source.lang, spoken), number: String(source.number), title: source.title, teaser: source.teaser } : null,
    rows: translationRows(source?.bodyMarkdown ?? text.bodyMarkdown, source?.bodyMarkdown ?? text.bodyMarkdown, text.bodyMarkdown).map(({ source: of, own }) => ({ source: of, own })),
    behind: source && newest ? behindBy(source, newest).length : 0, byMachine: state.byMachine, notYet: countNotYet(text.bodyMarkdown),
    last: state.last && { verdict: state.last.verdict, note: state.last.note, name: names.get(state.last.readBy) ?? null, moment: formatInstant(state.last.readAt, spoken, zone) }, isRead: isRead(state),
    mayRead: mayWrite(who, item, lang) && !(item.texts.find((one) => one.lang === lang)?.isWithdrawn ?? false), isOwn: state.makers.includes(who.id),
    said: (['good', 'changes'] as const).find((one) => one === url.searchParams.get('said')) ?? null,
  }
}) satisfies PageServerLoad

export const actions = {
  async say({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const [lang, read, verdict, note] = [params.lang!, typed(form, 'read', 100), form.get('verdict') === 'good' ? ('good' as const) : ('changes' as const), typed(form, 'note', 200_000)]
    const obstacle = await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), (tx, who, item, now) => recordReading(tx, { itemId: item.id, lang, read, verdict, note }, who.id, now))
    if (obstacle === null) redirect(303, `/desk/media/${params.id}/${lang}/read?said=${verdict}`)
    return obstacle === 'not-found' ? error(404) : fail(obstacle === 'changed-meanwhile' ? 409 : 400, { problem: obstacle, note })
  },
} satisfies Actions
