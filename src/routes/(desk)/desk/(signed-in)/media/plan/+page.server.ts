import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { languageName } from '#kernel/language/language.ts'
import { siteName } from '#kernel/site/site.ts'
import { formatDay } from '#kernel/when/phrase.ts'
import { deskStanding } from '#rooms/media/desk-standing.ts'
import { groupOf, PLAN_GROUPS, planMeant, weekOf } from '#rooms/media/plan.ts'
import { listDeskTexts } from '#rooms/media/server/desk-item-queries.ts'
import { addPlan, removePlan } from '#rooms/media/server/plan-actions.ts'
import { listPlans, MOST_PLANS } from '#rooms/media/server/plan-queries.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { writesFor } from '#rooms/media/writing.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { lockedPlanners, planChoices, readPlan } from '../../../../plan-typed.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { writerMeant, writerValue } from '../../../../writer-typed.ts'

export const load = (async ({ locals, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, now, reading: { db } } = locals
  const site = await locals.house.site.get()
  const here = now.toZonedDateTimeISO(site.zone)
  const ask = (name: string) => (url.searchParams.get(name) ?? '').replaceAll('\0', '').slice(0, 100)
  const whose = (['mine', 'nobody'] as const).find((one) => one === ask('whose')) ?? 'any'
  const campaign = ask('campaign')
  const plans = await listPlans(db, who, { whose, campaign: campaign || undefined }, now)
  const [texts, names] = [await listDeskTexts(db, plans.flatMap(({ itemId }) => itemId ?? []), now), await listNames(db, plans.flatMap(({ keptBy }) => keptBy ?? []))]
  const organisations = new Map((await listOrganisations(db)).map(({ id, texts: own }) => [id, nameIn(own, lang).text]))
  const writers = [...new Set(site.languages.flatMap((tongue) => writesFor(who, tongue)))]
  const { monday, sunday } = weekOf(here.toPlainDate())
  const day = (date: Temporal.PlainDate) => formatDay(date, lang)
  const shown = plans.map((plan) => ({
    id: plan.id, title: plan.title, kind: kindName(plan.kind, lang), group: groupOf(plan, here), day: plan.dueDay && day(plan.dueDay), hour: plan.dueHour, campaign: plan.campaign, version: plan.version,
    keeper: plan.keptBy === null ? null : plan.keptBy === who.id ? 'you' as const : { name: names.get(plan.keptBy) ?? '–' }, organisation: plan.writtenIn === null ? siteName(site, lang).name : (organisations.get(plan.writtenIn) ?? null),
    itemPath: plan.itemId && `/desk/media/${plan.itemId}`,
    cells: plan.langs.map((tongue) => ({ lang: tongue, name: languageName(tongue, lang), standing: deskStanding((plan.itemId === null ? [] : texts.get(plan.itemId)!).find((text) => text.lang === tongue)) })),
  }))
  return {
    asked: { whose: whose === 'any' ? '' : whose, campaign }, isFull: plans.length === MOST_PLANS,
    weeks: { 'this-week': { from: day(monday), to: day(sunday) }, 'next-week': { from: day(monday.add({ days: 7 })), to: day(sunday.add({ days: 7 })) } },
    groups: PLAN_GROUPS.map((group) => ({ group, plans: shown.filter((plan) => plan.group === group) })).filter((one) => one.plans.length > 0),
    choices: await planChoices({ db, now, lang }, who, site.languages), mayPlan: writers.length > 0,
    writers: writers.map((id) => ({ value: writerValue(id), text: id === null ? siteName(site, lang).name : (organisations.get(id) ?? '') })),
    removed: ask('removed'), said: ask('done'),
  }
}) satisfies PageServerLoad

export const actions = {
  async add({ request, locals: { house, viewer } }) {
    const { id } = signedIn(viewer)
    const form = await formOf(request)
    const [read, writer] = [readPlan(form), typed(form, 'writer', 40)]
    const { languages } = await house.site.get()
    const meant = planMeant(read, languages)
    const problem = (problems: string[]) => fail(400, { typed: { ...read, writer }, problems })
    const now = house.clock()
    const added = await act(house, async (tx) => {
      const { who, keeper } = await lockedPlanners(tx, id, read.keptBy, now)
      // What is wrong with a plan is told to whoever may make one.
      if (!languages.some((lang) => writesFor(who, lang).length > 0)) return 'not-found'
      return 'problems' in meant ? meant : addPlan(tx, who, { ...meant, keeper }, writerMeant(writer), now)
    })
    if (added === 'not-found') return 'problems' in meant || !languages.some((lang) => writesFor(signedIn(viewer), lang).length > 0) ? error(404) : problem(['writer'])
    if (added === 'may-not-keep') return problem(['keeper'])
    if ('problems' in added) return problem(added.problems)
    redirect(303, '/desk/media/plan?done=added')
  },
  async takeBack({ request, locals: { house, viewer } }) {
    const { id } = signedIn(viewer)
    const form = await formOf(request)
    const now = house.clock()
    const isBack = await act(house, async (tx) => removePlan(tx, { id, duties: await lockDuties(tx, id, now) }, typed(form, 'plan', 40), true, now))
    if (!isBack) error(404)
    redirect(303, '/desk/media/plan?done=back')
  },
} satisfies Actions
