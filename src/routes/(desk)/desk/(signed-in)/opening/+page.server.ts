import { fail } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.js'
import type { Tx } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import { languageName, uiLangOf } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { isComplete, stillMissing } from '#kernel/site/opening.ts'
import { closeSite, openNamedSite } from '#kernel/site/server/site-actions.ts'
import { findSite, listPageTexts, wasEverOpen } from '#kernel/site/server/site-queries.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { chooseStarter } from '#rooms/media/server/starter-actions.ts'
import { listStarterItems, nearestText } from '#rooms/media/server/starter-queries.ts'
import { isStarterChoice, type StarterChoice } from '#rooms/media/starter-choice.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { bySteward, steward } from '../../../stewards-only.ts'
import { formOf, typed } from '../../../typed.ts'

export const load = (async ({ locals }) => {
  steward(locals.viewer)
  const { lang, reading: { db } } = locals
  const site = await locals.house.site.get()
  const missing = stillMissing(site, await listPageTexts(db))
  const items = await listStarterItems(db)
  return {
    openedOn: site.openedAt ? formatInstantDay(site.openedAt, lang, site.zone) : null, wasOpen: await wasEverOpen(db),
    missing: { ...missing, namesIn: missing.namesIn.map((tongue) => languageName(tongue, lang)) },
    isComplete: isComplete(missing) && items.every(({ decision }) => decision !== null),
    items: items.map((item) => {
      const text = nearestText(item, lang)
      const isGone = item.isWithdrawn || item.decision === 'remove'
      return { id: item.id, kind: kindName(item.kind, lang), decision: item.decision, isFinal: item.isWithdrawn || item.isWorkedOn, title: text?.title ?? item.id, lang: text?.lang, path: text && !isGone ? `/${text.lang}/media/${text.slug}` : null }
    }),
  }
}) satisfies PageServerLoad

export const actions = {
  async choose({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    const chosen = [...form.keys()].flatMap((name) => {
      const itemId = name.startsWith('choice.') ? name.slice('choice.'.length) : ''
      const [choice, drawn] = [typed(form, name, 10), typed(form, `drawn.${itemId}`, 10)]
      return isId(itemId) && isStarterChoice(choice) && choice !== drawn ? [{ itemId, choice, drawn: isStarterChoice(drawn) ? drawn : null }] : []
    })
    if (chosen.length === 0) return fail(400, { problem: 'nothing-chosen' as const })
    return done(await bySteward(house, viewer, (tx, who, now) => chooseAll(tx, chosen, who.id, now)))
  },
  async all({ request, locals: { house, viewer } }) {
    steward(viewer)
    const choice = typed(await formOf(request), 'choice', 10)
    if (!isStarterChoice(choice)) return fail(400, { problem: 'nothing-chosen' as const })
    return done(await bySteward(house, viewer, async (tx, who, now) => {
      const open = (await listStarterItems(tx)).filter(({ decision, isWithdrawn }) => decision === null && !isWithdrawn)
      return chooseAll(tx, open.map(({ id }) => ({ itemId: id, choice, drawn: null })), who.id, now)
    }))
  },
  async open({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    if (form.get('sure') === null) return fail(400, { problem: 'not-sure' as const })
    const obstacle = await bySteward(house, viewer, (tx, who, now) => openNamedSite(tx, who.id, now))
    return obstacle ? fail(400, { problem: obstacle }) : { opened: true }
  },
  async close({ request, locals: { house, viewer } }) {
    steward(viewer)
    const form = await formOf(request)
    if (form.get('sure') === null) return fail(400, { problem: 'not-sure' as const })
    await bySteward(house, viewer, (tx, who, now) => closeSite(tx, who.id, now))
    return { closed: true }
  },
} satisfies Actions

interface Chosen { itemId: string; choice: StarterChoice; drawn: StarterChoice | null }

/** What somebody else decided meanwhile, and what cannot be decided any more, stays; the rest is done. */
async function chooseAll(tx: Tx, chosen: Chosen[], actor: string, now: Temporal.Instant): Promise<{ chosen: number; left: number }> {
  const site = await findSite(tx)
  if (!site) throw new Error('whoever signs in has a site')
  const house = { zone: site.zone, wasOpen: await wasEverOpen(tx), why: (lang: string) => m.starter_note({}, { locale: uiLangOf(lang) }) }
  let left = 0
  // In one order whoever chooses: two who cross would else wait for each other.
  for (const one of chosen.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))) {
    if ((await chooseStarter(tx, one, house, actor, now)) !== null) left++
  }
  return { chosen: chosen.length - left, left }
}

const done = ({ chosen, left }: { chosen: number; left: number }) => (left > 0 ? fail(409, { chosen, left }) : { chosen, left })
