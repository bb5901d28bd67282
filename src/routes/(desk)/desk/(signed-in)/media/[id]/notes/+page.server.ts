import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { isLangTag, languageName } from '#kernel/language/language.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { paragraphsIn } from '#rooms/media/behind.ts'
import { answerNote, closeNote, leaveNote } from '#rooms/media/server/desk-note-actions.ts'
import { listNotes } from '#rooms/media/server/desk-note-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { mayRead } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { headOf, inItem, itemAt } from '../../../../../item-desk.ts'
import { formOf, typed } from '../../../../../typed.ts'

const SAID = ['asked', 'answered', 'closed', 'reopened'] as const

/** What a note can be about: a language of the item, and a paragraph of its first text, counted from 1. */
function aboutIn(read: (name: string) => string) {
  const [lang, paragraph] = [read('lang'), /^\d{1,5}$/.exec(read('paragraph'))?.[0]]
  return { lang: isLangTag(lang) ? lang : null, paragraph: paragraph === undefined ? null : Number(paragraph) }
}

export const load = (async ({ locals, params, url }) => {
  const { lang: spoken, reading: { db } } = locals
  const item = await itemAt(locals, params.id)
  const { zone, languages } = await locals.house.site.get()
  const notes = await listNotes(db, item.id)
  const names = await listNames(db, notes.flatMap(({ askedBy, answeredBy, closedBy }) => [askedBy, answeredBy, closedBy].filter((id) => id !== null)))
  const moment = (at: Temporal.Instant) => formatInstant(at, spoken, zone)
  const about = aboutIn((name) => url.searchParams.get(name) ?? '')
  const source = about.paragraph === null ? undefined : await findRevision(db, item.id, item.originalLang)
  const paragraph = source && paragraphsIn(source.bodyMarkdown)[about.paragraph! - 1]
  const tongues = [...new Set([...languages, ...item.texts.map(({ lang }) => lang)])]
  return {
    head: headOf(item, item.originalLang, spoken), sourceLang: item.originalLang,
    notes: notes.map(({ id, lang, paragraph: of, askedBy, askedAt, text, answeredBy, answeredAt, answer, closedAt }) => ({
      id, language: lang === null ? null : languageName(lang, spoken), paragraph: of, text, asked: { name: names.get(askedBy) ?? null, moment: moment(askedAt) },
      answer: answer === null ? null : { text: answer, name: names.get(answeredBy!) ?? null, moment: moment(answeredAt!) }, isClosed: closedAt !== null,
    })),
    languages: tongues.map((tongue) => ({ value: tongue, text: languageName(tongue, spoken) })),
    about: { lang: about.lang ?? '', paragraph: paragraph === undefined ? null : { number: String(about.paragraph), text: paragraph } },
    said: SAID.find((one) => one === url.searchParams.get('done')) ?? null,
  }
}) satisfies PageServerLoad

/** What was typed, given back with what is wrong. */
interface Kept { asking?: { text: string; lang: string }; answering?: { noteId: string; answer: string } }

function answer(params: { id?: string }, obstacle: string | null, done: (typeof SAID)[number], kept: Kept) {
  if (obstacle === 'not-found') error(404)
  if (obstacle === null) redirect(303, `/desk/media/${params.id}/notes?done=${done}`)
  return fail(obstacle === 'changed-meanwhile' ? 409 : 400, { problem: obstacle, ...kept })
}

export const actions = {
  async ask({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const [about, text] = [aboutIn((name) => typed(form, name, 20)), typed(form, 'text', 200_000)]
    const obstacle = await inItem(house, viewer, params.id!, mayRead, async (tx, who, item, now) => {
      const source = about.paragraph === null ? undefined : await findRevision(tx, item.id, item.originalLang)
      const paragraph = (source && paragraphsIn(source.bodyMarkdown)[about.paragraph! - 1]) ?? null
      return leaveNote(tx, { itemId: item.id, lang: about.lang, paragraph, text }, who.id, now)
    })
    return answer(params, obstacle, 'asked', { asking: { text, lang: about.lang ?? '' } })
  },
  async answer({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const [noteId, said] = [typed(form, 'note', 40), typed(form, 'answer', 200_000)]
    const obstacle = await inItem(house, viewer, params.id!, mayRead, (tx, who, item, now) => answerNote(tx, { itemId: item.id, noteId, answer: said }, who.id, now))
    return answer(params, obstacle, 'answered', { answering: { noteId, answer: said } })
  },
  async close({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const [noteId, isClosed] = [typed(form, 'note', 40), form.get('open') !== 'on']
    const obstacle = await inItem(house, viewer, params.id!, mayRead, (tx, who, item, now) => closeNote(tx, { itemId: item.id, noteId, isClosed }, who.id, now))
    return answer(params, obstacle, isClosed ? 'closed' : 'reopened', {})
  },
} satisfies Actions
