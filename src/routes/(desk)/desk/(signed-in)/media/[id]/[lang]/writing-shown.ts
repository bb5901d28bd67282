import { error } from '@sveltejs/kit'
import { type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { listOf } from '#kernel/language/numbers.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { behindBy } from '#rooms/media/behind.ts'
import { deskStanding } from '#rooms/media/desk-standing.ts'
import { NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { findTyping, listOthersAt } from '#rooms/media/server/typing-queries.ts'
import { factsOf } from '#rooms/media/server/writing-actions.ts'
import { mayWrite } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { drawFacts } from '../../../../../facts-typed.ts'
import { hasNoAlt, hintsShown, typedHtml } from '../../../../../hints-shown.ts'
import { headOf, itemAt } from '../../../../../item-desk.ts'
import { signedIn } from '../../../../../signed-in.ts'

const NO_WORDS = { title: '', teaser: '', bodyMarkdown: '' }

/** All that the writing page shows of one language of an item. */
export async function drawWriting(locals: App.Locals, { id, lang }: { id: string; lang: Lang }, url: URL) {
  const who = signedIn(locals.viewer)
  const { lang: spoken, now, reading: { db } } = locals
  const item = await itemAt(locals, id)
  const { zone, languages } = await locals.house.site.get()
  const here = item.texts.find((text) => text.lang === lang)
  if (!here && !languages.includes(lang)) error(404)
  const newest = await findRevision(db, id, lang)
  const isMine = mayWrite(who, item, lang)
  const typing = isMine ? await findTyping(db, id, lang, who.id) : undefined
  const source = lang === item.originalLang ? undefined : await findRevision(db, id, item.originalLang)
  const followed = source && newest ? await findFollowed(db, id, lang) : undefined
  const basis = source && followed?.sourceId ? await findRevision(db, id, item.originalLang, followed.sourceId) : undefined
  const others = await listOthersAt(db, id, lang, who.id, now)
  const names = await listNames(db, [...others, ...(newest ? [newest.createdBy] : [])])
  const typed = typing ?? { baseId: newest?.id ?? null, ...(newest ?? NO_WORDS) }
  const savedBy = newest && names.get(newest.createdBy)
  const savedAt = newest && formatInstant(newest.createdAt, spoken, zone)
  const in_ = { locale: spoken as 'en' }
  return {
    person: who.id, head: headOf(item, lang, spoken), textLang: lang, isMine, isWithdrawn: here?.isWithdrawn ?? false,
    typed: { baseId: typed.baseId, title: typed.title, teaser: typed.teaser, bodyMarkdown: typed.bodyMarkdown },
    unsaved: typing ? formatInstant(typing.keptAt, spoken, zone) : null,
    saved: newest ? (savedBy === undefined ? m.drf_saved_server({ day: savedAt! }, in_) : m.drf_saved({ name: savedBy, day: savedAt! }, in_)) : null,
    there: others.length > 0 ? m.wrt_there({ names: listOf(others.map((one) => names.get(one) ?? '–'), spoken) }, in_) : '',
    languages: [...new Set([...languages, ...item.texts.map((text) => text.lang)])].map((tongue) => ({ lang: tongue, name: languageName(tongue, spoken), standing: deskStanding(item.texts.find((text) => text.lang === tongue)), isSource: tongue === item.originalLang })),
    follows: source ? { sourceId: source.id, number: String(source.number), behind: basis ? behindBy(basis, source).length : 0, byMachine: followed?.byMachine ?? false } : null,
    source: source ? { lang: source.lang, name: languageName(source.lang, spoken), title: source.title, teaser: source.teaser, html: source.bodyHtml + source.notesHtml } : null,
    shown: isMine ? null : newest ? { title: newest.title, teaser: newest.teaser, html: newest.bodyHtml + newest.notesHtml } : null,
    hints: await hintsShown(locals, typed, lang, { html: typing ? await typedHtml(typing, lang) : newest ? newest.bodyHtml + newest.notesHtml : '', hasNoAlt: hasNoAlt(newest?.frozen) }), checksLinks: locals.house.settings.checksLinks,
    facts: newest ? await drawFacts(db, factsOf(newest.frozen), spoken) : null, drawnFacts: JSON.stringify(factsOf(newest?.frozen ?? NOTHING_FROZEN)),
    said: url.searchParams.get('saved'), unsigned: Number(url.searchParams.get('unsigned')) || 0,
  }
}
