import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { isLangTag, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { deskStanding } from '#rooms/media/desk-standing.ts'
import { mayHandOn, type OnDuty } from '#rooms/media/keeping.ts'
import { addsFor } from '#rooms/media/library.ts'
import { listAmong, listTexts, TEXT_STATES, TEXTS_A_PAGE } from '#rooms/media/server/text-list-queries.ts'
import { takeFromTrash, trashItem } from '#rooms/media/server/trash-actions.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { mayWrite, writesFor } from '#rooms/media/writing.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { signedIn } from '../../../signed-in.ts'
import { formOf } from '../../../typed.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, now, reading: { db } } = locals
  const { zone, languages } = await locals.house.site.get()
  const ask = (name: string) => (url.searchParams.get(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const asked = { q: ask('q'), state: TEXT_STATES.find((state) => state === ask('state')), lang: isLangTag(ask('lang')) ? ask('lang') : undefined, before: ask('before') }
  const found = await listTexts(db, who, asked, now, TEXTS_A_PAGE + 1)
  const shown = found.slice(0, TEXTS_A_PAGE)
  const names = await listNames(db, shown.flatMap(({ keptBy }) => keptBy ?? []))
  return {
    asked: { q: asked.q, state: asked.state ?? '', lang: asked.lang ?? '', before: asked.before },
    noneTicked: ask('none') !== '', hasLibrary: addsFor(who).length > 0,
    mayBegin: languages.some((tongue) => writesFor(who, tongue).length > 0),
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    texts: shown.map(({ id, kind, originalLang, isStarter, keptBy, writtenIn, texts, createdAt }) => ({
      id, originalLang, isStarter, mayHandOn: !isStarter && mayHandOn(who, { keptBy, writtenIn, originalLang }),
      // Whoever writes one of its languages does something with it beside others.
      mayChoose: !isStarter && (mayHandOn(who, { keptBy, writtenIn, originalLang }) || [...languages, ...texts.map((text) => text.lang)].some((tongue) => mayWrite(who, { writtenIn, originalLang }, tongue))),
      title: texts[0]?.title ?? '', titleLang: texts[0]?.lang ?? originalLang, kind: kindName(kind, lang), begun: formatInstantDay(createdAt, lang, zone),
      keeper: keptBy === null ? null : keptBy === who.id ? m.drf_you_keep({}, { locale: lang as 'en' }) : (names.get(keptBy) ?? null),
      // Every language of the site, and those besides that it has a text in.
      cells: [...new Set([...languages, ...texts.map((text) => text.lang)])].map((tongue) => ({ lang: tongue, name: languageName(tongue, lang), standing: deskStanding(texts.find((text) => text.lang === tongue)), isSource: tongue === originalLang })),
    })),
    older: found.length > TEXTS_A_PAGE ? shown.at(-1)!.id : null,
  }
}) satisfies PageServerLoad

export const actions = {
  trash: (event) => each(event, 'trashed', trashItem),
  takeBack: (event) => each(event, 'taken-back', takeFromTrash),
} satisfies Actions

type Outcome = string | null

/** One act on each text that was ticked, in one transaction; what cannot be done to one of them hinders the others in nothing. */
async function each(
  { request, locals: { house, viewer } }: { request: Request; locals: App.Locals }, done: 'trashed' | 'taken-back',
  change: (tx: Tx, who: OnDuty, itemId: string, now: Temporal.Instant) => Promise<Outcome>,
) {
  const { id } = signedIn(viewer)
  const ticked = [...new Set((await formOf(request)).getAll('item').filter(isId))].slice(0, TEXTS_A_PAGE).toSorted()
  if (ticked.length === 0) return fail(400, { problem: 'none-ticked' as const })
  const now = house.clock()
  const outcomes = await act(house, async (tx) => {
    const who = { id, duties: await lockDuties(tx, id, now) }
    const all: { itemId: string; outcome: Outcome }[] = []
    for (const itemId of ticked) all.push({ itemId, outcome: await change(tx, who, itemId, now) })
    return all
  })
  // Of what is not hers to read nothing is told, not even that it is there.
  const turnedAway = outcomes.filter(({ outcome }) => outcome === 'not-found').map(({ itemId }) => itemId)
  const isHersToRead = (await listAmong(house.db.read, signedIn(viewer), turnedAway, now)).length > 0
  if (turnedAway.length === outcomes.length && !isHersToRead) error(404)
  const changed = outcomes.filter(({ outcome }) => outcome === null).map(({ itemId }) => itemId)
  const told = { done, changed, left: [...(isHersToRead ? ['not-yours'] : []), ...new Set(outcomes.flatMap(({ outcome }) => (outcome === null || outcome === 'not-found' ? [] : [outcome])))] }
  return changed.length === 0 ? fail(409, told) : told
}
