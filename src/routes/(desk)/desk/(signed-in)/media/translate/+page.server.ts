import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { formatNumber } from '#kernel/language/numbers.ts'
import { formatDay } from '#kernel/when/phrase.ts'
import type { Kind } from '#rooms/media/item.ts'
import { BOARD_A_PAGE, BOARD_ORDERS, listToTranslate, TO_DO } from '#rooms/media/server/translation-board-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { writesFor } from '#rooms/media/writing.ts'
import { signedIn } from '../../../../signed-in.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db } } = locals
  const { languages } = await locals.house.site.get()
  // Languages in which she writes anywhere; what she may do with each text, its own page says.
  const mine = languages.filter((tongue) => writesFor(who, tongue).length > 0)
  const ask = (name: string) => (url.searchParams.get(name) ?? '').replaceAll('\0', '').slice(0, 100)
  const asked = { lang: mine.find((tongue) => tongue === ask('lang')), toDo: TO_DO.find((one) => one === ask('wants')), order: BOARD_ORDERS.find((one) => one === ask('order')) ?? 'due' as const, before: ask('before') }
  const found = await listToTranslate(db, who, { langs: asked.lang === undefined ? mine : [asked.lang], toDo: asked.toDo, order: asked.order, before: asked.before }, BOARD_A_PAGE + 1)
  const shown = found.slice(0, BOARD_A_PAGE)
  return {
    asked: { lang: asked.lang ?? '', wants: asked.toDo ?? '', order: asked.order === 'due' ? '' : asked.order, before: asked.before },
    mine: mine.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })), columns: languages.map((tongue) => ({ lang: tongue, name: languageName(tongue, lang) })),
    rows: shown.map(({ id, kind, originalLang, title, words, due, cells }) => ({
      id, title, originalLang, kind: kindName(kind as Kind, lang), due: due === null ? null : formatDay(due, lang), words, length: formatNumber(words, lang),
      cells: languages.map((tongue) => ({ lang: tongue, state: tongue === originalLang ? ('source' as const) : (cells.find((cell) => cell.lang === tongue)?.state ?? ('missing' as const)), isMine: mine.includes(tongue) })),
    })),
    older: found.length > BOARD_A_PAGE ? shown.at(-1)!.id : null,
  }
}) satisfies PageServerLoad
