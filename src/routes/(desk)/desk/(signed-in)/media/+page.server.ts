import type { PageServerLoad } from './$types.js'
import { isLangTag, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { deskStanding } from '#rooms/media/desk-standing.ts'
import { addsFor } from '#rooms/media/library.ts'
import { listTexts, TEXT_STATES, TEXTS_A_PAGE } from '#rooms/media/server/text-list-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { writesFor } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { signedIn } from '../../../signed-in.ts'

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
    hasLibrary: addsFor(who).length > 0,
    mayBegin: languages.some((tongue) => writesFor(who, tongue).length > 0),
    languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })),
    texts: shown.map(({ id, kind, originalLang, isStarter, keptBy, texts, createdAt }) => ({
      id, originalLang, isStarter, title: texts[0]?.title ?? '', titleLang: texts[0]?.lang ?? originalLang, kind: kindName(kind, lang), begun: formatInstantDay(createdAt, lang, zone),
      keeper: keptBy === null ? null : keptBy === who.id ? m.drf_you_keep({}, { locale: lang as 'en' }) : (names.get(keptBy) ?? null),
      // Every language of the site, and those besides that it has a text in.
      cells: [...new Set([...languages, ...texts.map((text) => text.lang)])].map((tongue) => ({ lang: tongue, name: languageName(tongue, lang), standing: deskStanding(texts.find((text) => text.lang === tongue)), isSource: tongue === originalLang })),
    })),
    older: found.length > TEXTS_A_PAGE ? shown.at(-1)!.id : null,
  }
}) satisfies PageServerLoad
