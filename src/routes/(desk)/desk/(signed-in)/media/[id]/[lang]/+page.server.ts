import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { withPlainLineEnds } from '#kernel/words/paragraphs.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { forgetTyping } from '#rooms/media/server/typing-actions.ts'
import { findRevision, listLanguages } from '#rooms/media/server/desk-item-queries.ts'
import { saveTyped, stateFacts } from '#rooms/media/server/writing-actions.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { problemsOf, type WritingProblem } from '#rooms/media/writing-form.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { readFacts } from '../../../../../facts-typed.ts'
import { hasNoAlt, hintsShown } from '../../../../../hints-shown.ts'
import { inItem, itemAt } from '../../../../../item-desk.ts'
import { checkedShown, outsideLinks } from '../../../../../links-checked.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { readTranslating } from '../../../../../translation-typed.ts'
import { languageOf } from '../../../../../text-language.ts'
import { formOf, typed as typedIn } from '../../../../../typed.ts'
import { readSettled, readTyped } from '../../../../../writing-typed.ts'
import { drawWriting } from './writing-shown.ts'

export const load = (({ locals, params, url }) => drawWriting(locals, params, url)) satisfies PageServerLoad

interface Drawn { typed: ReturnType<typeof readTyped>; translating: ReturnType<typeof readTranslating>; lang: Awaited<ReturnType<typeof languageOf>>; html: string; notes: string }

/** What somebody who may write there typed, drawn as readers would see it; what cannot be drawn comes back with the reason. Nothing is kept. */
async function withDrawn<T>({ house, viewer }: App.Locals, params: Partial<Record<'id' | 'lang', string>>, form: FormData, use: (drawn: Drawn) => Promise<T>) {
  const [typed, translating] = [readTyped(form), readTranslating(form)]
  const lang = await languageOf(house, params)
  await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), async () => {})
  const problems: WritingProblem[] = problemsOf({ ...typed, title: typed.title || '–' })
  if (problems.length > 0) return fail(400, { typed, translating, problems })
  try {
    return await use({ typed, translating, lang, ...(await renderMarkdown(typed.bodyMarkdown, lang)) })
  } catch (thrown) {
    if (thrown instanceof Unrenderable) return fail(400, { typed, translating, problems: ['too-hard'] as WritingProblem[] })
    throw thrown
  }
}

export const actions = {
  async save({ request, params, locals }) {
    const { house, viewer, reading: { db } } = locals
    const form = await formOf(request)
    const [typed, translating] = [readTyped(form), readTranslating(form)]
    const problems: WritingProblem[] = problemsOf(typed)
    const lang = await languageOf(house, params)
    try {
      // A text may take the processor for seconds: it is made a page of before the item is locked and a connection held, and for nobody who
      // may not write it. That is only looked at here; the act asks the rows.
      if (problems.length === 0) {
        if (!mayWrite(signedIn(viewer), await itemAt(locals, params.id!), lang)) error(404)
        await renderMarkdown(withPlainLineEnds(typed.bodyMarkdown), lang)
      }
      // What is wrong is told to whoever may write it, and to nobody else.
      const saving = await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), async (tx, who, item, now) => (problems.length > 0 ? null : saveTyped(tx, item.id, item.originalLang, lang, typed, readSettled(form), who.id, now, translating)))
      if (!saving) return fail(400, { typed, translating, problems })
      if (!saving.saved) {
        if (saving.obstacle !== 'conflict') return fail(409, { typed, translating, obstacle: saving.obstacle })
        const by = (await findRevision(db, params.id!, lang, saving.theirsId))?.createdBy ?? ''
        return fail(409, { typed, translating, conflict: { ...saving, by: (await listNames(db, [by])).get(by) ?? null } })
      }
      const said = saving.joined ? 'joined' : saving.isNew ? 'new' : 'same'
      redirect(303, `/desk/media/${params.id}/${lang}?saved=${said}${saving.unsigned > 0 ? `&unsigned=${saving.unsigned}` : ''}`)
    } catch (thrown) {
      if (thrown instanceof Unrenderable) return fail(400, { typed, translating, problems: ['too-hard'] as WritingProblem[] })
      throw thrown
    }
  },

  /** What is typed as readers would see it; nothing is kept. */
  async preview({ request, params, locals }) {
    return withDrawn(locals, params, await formOf(request), async ({ typed, translating, lang, html, notes }) => {
      const saved = await findRevision(locals.house.db.read, params.id!, lang)
      return { typed, translating, preview: html + notes, hints: await hintsShown(locals, typed, lang, { html: html + notes, hasNoAlt: hasNoAlt(saved?.frozen) }) }
    })
  },

  /** Asks other sites whether what she typed leads to something there. Nothing is kept of it. */
  async links({ request, params, locals }) {
    const { house, viewer, lang: spoken, reading: { db } } = locals
    const form = await formOf(request)
    if (!house.settings.checksLinks) error(404)
    return withDrawn(locals, params, form, async ({ typed, translating, lang, html, notes }) => {
      const sources = (await findRevision(db, params.id!, lang))?.frozen.sources ?? []
      const links = outsideLinks(house.settings.origins, html + notes, sources, lang)
      const checked = await checkedShown(signedIn(viewer).id, links, house.settings.origins, spoken)
      if (!checked) return fail(409, { typed, translating, isChecking: true })
      return { typed, translating, checked: { count: links.length, ...checked } }
    })
  },

  /** Back to the newest saved text: what was typed since is thrown away, and only on her word. */
  async discard({ request, params, locals: { house, viewer } }) {
    await formOf(request)
    const lang = await languageOf(house, params)
    await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), (tx, who, item) => forgetTyping(tx, item.id, lang, who.id))
    redirect(303, `/desk/media/${params.id}/${lang}?saved=discarded`)
  },

  async facts({ request, params, locals: { house, viewer, lang: spoken } }) {
    const form = await formOf(request)
    const lang = await languageOf(house, params)
    const { db } = house
    const drawn = typedIn(form, 'drawn', 20_000)
    const read = await readFacts(db.read, form, spoken, drawn)
    const stated = await inItem(house, viewer, params.id!, (who, item) => mayWrite(who, item, lang), async (tx, who, item, now) => {
      if ('problems' in read) return { problems: read.problems }
      const langs = (await listLanguages(tx, item.id)).filter((one) => one !== lang && mayWrite(who, item, one))
      return stateFacts(tx, item.id, [lang, ...langs], read.facts, drawn, who.id, now)
    })
    if (stated === 'not-found') error(404)
    if ('problems' in stated) return fail(400, { facts: read.typed, factProblems: stated.problems, drawnFacts: drawn })
    if ('stands' in stated) return fail(409, { facts: read.typed, drawnFacts: stated.stands, factsMeanwhile: true })
    return { factsIn: stated.changed }
  },
} satisfies Actions
