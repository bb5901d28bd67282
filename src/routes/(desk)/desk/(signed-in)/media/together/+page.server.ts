import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { isId } from '#kernel/id/id.ts'
import { languageName } from '#kernel/language/language.ts'
import { dayTyped } from '#kernel/when/typed.ts'
import { letGoOut } from '#rooms/media/server/going-out-actions.ts'
import { listAmong, listTexts, TEXTS_A_PAGE } from '#rooms/media/server/text-list-queries.ts'
import { changeTopic, planItem, unplanItem } from '#rooms/media/server/together-actions.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { TOGETHER, type Together, textsSent } from '#rooms/media/together.ts'
import { mayPublish } from '#rooms/media/writing.ts'
import { type Became, eachText } from '../../../../each-text.ts'
import { optionsFor } from '../../../../keepers.ts'
import { ledAmong } from '../../../../led-among.ts'
import { namedSigners } from '../../../../named-signers.ts'
import { signedIn } from '../../../../signed-in.ts'
import { drawOutcomes, drawToSend, drawTopics, keysReadAs, MOST_TO_SEND } from '../../../../together-shown.ts'
import { formOf, typed } from '../../../../typed.ts'

/** Not one of the persons of the list: who writes it stays as it is. */
const AS_IS = 'as-is'

/** No more at once than a page of the list shows. */
const chosen = (values: readonly unknown[]): string[] => [...new Set(values.filter(isId))].slice(0, TEXTS_A_PAGE)

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, reading: { db } } = locals
  // After an act the page says what became of it, also where none of what it was drawn with is left; and as of now: what went out within
  // this request would else be drawn as what waits for its hour.
  const acted = TOGETHER.find((one) => url.searchParams.has(`/${one}`))
  const now = acted ? locals.house.clock() : locals.now
  const doing = acted ?? TOGETHER.find((one) => one === url.searchParams.get('do'))
  const from = new URLSearchParams(url.searchParams.get('from')?.slice(0, 500)).toString()
  if (!doing) error(404)
  const among = chosen(url.searchParams.getAll('item'))
  if (among.length === 0 && !acted) redirect(303, `/desk/media?none=1${from && `&${from}`}`)
  const items = (await listTexts(db, who, { q: '', among }, now)).filter(({ isStarter }) => !isStarter)
  if (items.length === 0 && !acted) error(404)
  const ids = items.map(({ id }) => id)
  const { languages, zone } = await locals.house.site.get()
  return {
    doing, from, items: items.map(({ id, originalLang, texts }) => ({ id, title: texts[0]?.title ?? '', titleLang: texts[0]?.lang ?? originalLang })),
    topics: doing === 'addTopic' || doing === 'takeTopic' ? await drawTopics(db, ids, doing, lang) : [],
    plan: doing === 'plan' ? { day: now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 7 }).toString(), keepers: await optionsFor({ db, now, lang }, who), languages: languages.map((tongue) => ({ value: tongue, text: languageName(tongue, lang) })) } : null,
    ...(doing === 'publish' ? await drawToSend(db, who, items, lang, now) : { toSend: [], isCut: false }), asIs: AS_IS,
  }
}) satisfies PageServerLoad

type Event = Parameters<Actions[string]>[0]

/** What became of each, by name; with the selection as it was where nothing was done. */
async function answer({ locals }: Event, doing: Together, became: readonly Became<{ itemId: string; lang?: string }>[], kept: object) {
  const { lang, reading: { db } } = locals
  const items = await listAmong(db, signedIn(locals.viewer), became.map(({ of }) => of.itemId), locals.now)
  const outcomes = drawOutcomes(became, doing, new Map(items.map(({ id, texts }) => [id, texts[0]?.title ?? ''])), lang)
  const told = { ...outcomes, items: became.filter(({ outcome }) => outcome !== null).map(({ of }) => of.itemId), problem: null, ...kept }
  return outcomes.done.length === 0 ? fail(409, told) : told
}

const wrong = <T extends object>(problem: string, items: readonly string[], kept: T) => fail(400, { problem, items, done: [], left: [], ...kept })
const about = (items: readonly string[]) => items.map((itemId) => ({ itemId }))

async function topicOf(event: Event, isAdded: boolean) {
  const form = await formOf(event.request)
  const [items, key] = [chosen(form.getAll('item')), typed(form, 'topic', 200)]
  if (items.length === 0) return wrong('none', items, { topic: key })
  const all = await listTopics(event.locals.house.db.read)
  if (!all.some((topic) => topic.key === key && topic.mergedInto === null)) return wrong('topic', items, { topic: key })
  const became = await eachText(event, about(items), (tx, who, item, { now }) => changeTopic(tx, who, item, keysReadAs(all, key), isAdded, now))
  return answer(event, isAdded ? 'addTopic' : 'takeTopic', became, { topic: key })
}

export const actions = {
  addTopic: (event) => topicOf(event, true),
  takeTopic: (event) => topicOf(event, false),
  async plan(event) {
    const form = await formOf(event.request)
    const [items, read] = [chosen(form.getAll('item')), { day: typed(form, 'day', 20).trim(), keeper: typed(form, 'keeper', 40), alsoIn: typed(form, 'alsoIn', 20) }]
    const { languages } = await event.locals.house.site.get()
    const day = dayTyped(read.day)
    if (items.length === 0) return wrong('none', items, { plan: read })
    if (!day) return wrong('day', items, { plan: read })
    if (read.keeper !== AS_IS && read.keeper !== '' && !isId(read.keeper)) return wrong('keeper', items, { plan: read })
    const alsoIn = languages.find((lang) => lang === read.alsoIn)
    const became = await eachText(event, about(items), (tx, who, item, { other, now }) => planItem(tx, who, item, { day, alsoIn, keeper: read.keeper === AS_IS ? undefined : other }, now), read.keeper)
    return answer(event, 'plan', became, { plan: read })
  },
  async unplan(event) {
    const items = chosen((await formOf(event.request)).getAll('item'))
    if (items.length === 0) return wrong('none', items, {})
    return answer(event, 'unplan', await eachText(event, about(items), (tx, who, item, { now }) => unplanItem(tx, who, item, now)), {})
  },
  /** Each as it was drawn, and by the act of its own page: what somebody changed meanwhile, or may not go out, stays. */
  async publish(event) {
    const form = await formOf(event.request)
    const texts = textsSent(form.getAll('text')).slice(0, MOST_TO_SEND)
    if (texts.length === 0) return wrong('none', [], {})
    const { zone } = await event.locals.house.site.get()
    const became = await eachText(event, texts, async (tx, who, item, { of: { lang, seen }, now }) =>
      mayPublish(who, item, lang) ? letGoOut(tx, item.id, { lang, seen, zone, nameSigners: namedSigners, ledAmong }, who.id, now) : 'not-yours')
    return answer(event, 'publish', became, {})
  },
} satisfies Actions
