import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { renderMarkdown } from '#kernel/words/markdown.ts'
import { withPlainLineEnds } from '#kernel/words/paragraphs.ts'
import { Unrenderable } from '#kernel/words/nesting.ts'
import { formatClock } from '#kernel/when/phrase.ts'
import { behindBy, paragraphsIn, textOfRows } from '#rooms/media/behind.ts'
import { fillFrom, LARGEST_XLIFF, readXliff } from '#rooms/media/import/xliff.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { readDropped } from '#rooms/media/server/dropped-file.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { bringTyping, keepTyping } from '#rooms/media/server/typing-actions.ts'
import { findTyping, hasUnsaved } from '#rooms/media/server/typing-queries.ts'
import { saveTyped } from '#rooms/media/server/writing-actions.ts'
import { wordsHere } from '#rooms/media/words-here.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { LONGEST_CREDIT, problemsOf, type WritingProblem } from '#rooms/media/writing-form.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { headOf, inItem, itemAt } from '../../../../../../item-desk.ts'
import { signedIn } from '../../../../../../signed-in.ts'
import { languageOf } from '../../../../../../text-language.ts'
import { besideSource } from '../../../../../../translation-file.ts'
import { readTranslating, readTranslation } from '../../../../../../translation-typed.ts'
import { formOf } from '../../../../../../typed.ts'
import { readSettled } from '../../../../../../writing-typed.ts'

const SAID = ['new', 'same', 'joined', 'kept', 'followed', 'brought'] as const

export const load = (async ({ locals, params: { id, lang }, url }) => {
  const who = signedIn(locals.viewer)
  const { lang: spoken, reading: { db } } = locals
  const item = await itemAt(locals, id)
  await languageOf(locals.house, { id, lang })
  // A text in its first language follows nothing.
  if (lang === item.originalLang) redirect(303, `/desk/media/${id}/${lang}`)
  const isMine = mayWrite(who, item, lang)
  const [source, newest, followed, typing] = [await findRevision(db, id, item.originalLang), await findRevision(db, id, lang), await findFollowed(db, id, lang), isMine ? await findTyping(db, id, lang, who.id) : undefined]
  const basis = source && followed?.sourceId && followed.sourceId !== source.id ? ((await findRevision(db, id, item.originalLang, followed.sourceId)) ?? source) : source
  const typed = typing ?? { baseId: newest?.id ?? null, title: newest?.title ?? '', teaser: newest?.teaser ?? '', bodyMarkdown: newest?.bodyMarkdown ?? '' }
  const { zone } = await locals.house.site.get()
  return {
    person: who.id, head: headOf(item, lang, spoken), textLang: lang, language: languageName(lang, spoken), isMine, isWithdrawn: item.texts.find((text) => text.lang === lang)?.isWithdrawn ?? false,
    source: source && basis ? {
      id: source.id, lang: source.lang, name: languageName(source.lang, spoken), number: String(source.number), basisNumber: String(basis.number),
      title: source.title, teaser: source.teaser, body: source.bodyMarkdown, basisBody: basis.bodyMarkdown,
    } : null,
    behind: source && basis && newest ? behindBy(basis, source) : [], isFirst: newest === undefined, byMachine: followed?.byMachine ?? false, credit: newest?.frozen.translator ?? '',
    typed: { baseId: typed.baseId, title: typed.title, teaser: typed.teaser, bodyMarkdown: typed.bodyMarkdown },
    unsaved: typing ? formatClock(typing.keptAt, zone) : null, hasUnsaved: isMine && (await hasUnsaved(db, id, lang, who.id)),
    words: source ? wordsHere([source.title, source.teaser, source.bodyMarkdown].join('\n'), source.lang, lang) : [],
    brought: { taken: Number(url.searchParams.get('taken')) || 0, changed: Number(url.searchParams.get('changed')) || 0 },
    said: SAID.find((one) => one === url.searchParams.get('saved')) ?? null,
  }
}) satisfies PageServerLoad

export const actions = {
  async save({ request, params, locals: { house, viewer, reading: { db } } }) {
    const form = await formOf(request)
    const [typed, translating] = [readTranslation(form), readTranslating(form)]
    const isLongCredit = (translating?.credit ?? '').length > LONGEST_CREDIT
    const problems: WritingProblem[] = problemsOf(typed)
    const lang = await languageOf(house, params)
    try {
      // A text may take the processor for seconds: it is made a page of before the item is locked and a connection held.
      if (problems.length === 0 && !isLongCredit) {
        await inItem(house, viewer, params.id!, (who, item) => lang !== item.originalLang && mayWrite(who, item, lang), async () => {})
        await renderMarkdown(withPlainLineEnds(typed.bodyMarkdown), lang)
      }
      const saving = await inItem(house, viewer, params.id!, (who, item) => lang !== item.originalLang && mayWrite(who, item, lang), async (tx, who, item, now) => (problems.length > 0 || isLongCredit ? null : saveTyped(tx, item.id, item.originalLang, lang, typed, readSettled(form), who.id, now, translating)))
      if (!saving) return fail(400, { typed, translating, problems, isLongCredit })
      if (!saving.saved) {
        if (saving.obstacle !== 'conflict') return fail(409, { typed, translating, obstacle: saving.obstacle })
        const by = (await findRevision(db, params.id!, lang, saving.theirsId))?.createdBy ?? ''
        return fail(409, { typed, translating, conflict: { ...saving, by: (await listNames(db, [by])).get(by) ?? null } })
      }
      redirect(303, `/desk/media/${params.id}/${lang}/translate?saved=${saving.joined ? 'joined' : saving.isNew ? 'new' : translating?.isFollowing ? 'followed' : 'same'}`)
    } catch (thrown) {
      if (thrown instanceof Unrenderable) return fail(400, { typed, translating, problems: ['too-hard'] as WritingProblem[] })
      throw thrown
    }
  },

  /** Keeps what is typed for her alone: she can leave, and go on where she was. */
  async keep({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const typed = readTranslation(form)
    const lang = await languageOf(house, params)
    const problems = problemsOf(typed).filter((problem) => problem.startsWith('long'))
    await inItem(house, viewer, params.id!, (who, item) => lang !== item.originalLang && mayWrite(who, item, lang), async (tx, who, item, now) => {
      if (typed.baseId !== null && !(await findRevision(tx, item.id, lang, typed.baseId))) error(400)
      if (problems.length === 0) await keepTyping(tx, item.id, lang, who.id, typed, now)
    })
    if (problems.length > 0) return fail(400, { typed, problems })
    redirect(303, `/desk/media/${params.id}/${lang}/translate?saved=kept`)
  },

  /** Brings in what was translated elsewhere, for her alone until she has looked it over and saves. */
  async bring({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const lang = await languageOf(house, params)
    const may = (who: Parameters<typeof mayWrite>[0], item: Parameters<typeof mayWrite>[1]) => lang !== item.originalLang && mayWrite(who, item, lang)
    const isOver = form.get('over') === 'on'
    // Before anything is read: the act asks it of the rows once more.
    const isUnsaved = await inItem(house, viewer, params.id!, may, (tx, who, item) => hasUnsaved(tx, item.id, lang, who.id))
    if (isUnsaved && !isOver) return fail(409, { fileProblem: 'unsaved' })
    const file = form.get('file')
    const isXliff = file instanceof File && /\.(xlf|xliff)$/i.test(file.name)
    if (isXliff && file.size > LARGEST_XLIFF) return fail(400, { fileProblem: 'large-file' })
    const xliff = isXliff ? readXliff(await file.text()) : undefined
    if (isXliff && !xliff) return fail(400, { fileProblem: 'not-xliff' })
    if (xliff && (xliff.itemId !== params.id || xliff.to !== lang)) return fail(400, { fileProblem: 'other-text' })
    const dropped = xliff ? undefined : await readDropped(house.settings.dataDir, file)
    if (!xliff && !dropped) return fail(400, { fileProblem: 'no-file' })
    if (dropped && 'problem' in dropped) return fail(400, { fileProblem: dropped.problem })
    const brought = await inItem(house, viewer, params.id!, may, async (tx, who, item, now) => {
      const newest = await findRevision(tx, item.id, lang)
      const own = (await findTyping(tx, item.id, lang, who.id)) ?? newest
      const found = await besideSource(tx, item, lang, own)
      if (!found) return 'no-source' as const
      const kept = { baseId: own && 'baseId' in own ? own.baseId : (newest?.id ?? null) }
      if (dropped) {
        // A Word file knows no teaser: where it has one paragraph more than the source, ours wrote the teaser first.
        const [first = '', ...rest] = paragraphsIn(dropped.bodyMarkdown)
        const hasTeaser = found.source.teaser !== '' && rest.length === paragraphsIn(found.source.bodyMarkdown).length
        const words = { title: dropped.title || (own?.title ?? ''), teaser: hasTeaser ? first : dropped.teaser || (own?.teaser ?? ''), bodyMarkdown: hasTeaser ? rest.join('\n\n') : dropped.bodyMarkdown }
        if (problemsOf(words).some((problem) => problem.startsWith('long'))) return 'too-long' as const
        return (await bringTyping(tx, item.id, lang, who.id, { ...kept, ...words }, isOver, now)) ?? { taken: 0, changed: 0 }
      }
      const { texts: [title = '', teaser = '', ...texts], taken, changed } = fillFrom(xliff!.units, found.beside)
      let i = 0
      const bodyMarkdown = textOfRows(found.rows.map((row) => (row.index === null ? { text: row.own, isOfSource: false } : { text: texts[i++] ?? '', isOfSource: true })))
      const words = { title: title.replace(/\s+/g, ' '), teaser, bodyMarkdown }
      if (problemsOf(words).some((problem) => problem.startsWith('long'))) return 'too-long' as const
      return (await bringTyping(tx, item.id, lang, who.id, { ...kept, ...words }, isOver, now)) ?? { taken, changed }
    })
    if (typeof brought === 'string') return fail(brought === 'unsaved' ? 409 : 400, { fileProblem: brought })
    redirect(303, `/desk/media/${params.id}/${lang}/translate?saved=brought&taken=${brought.taken}&changed=${brought.changed}`)
  },
} satisfies Actions
