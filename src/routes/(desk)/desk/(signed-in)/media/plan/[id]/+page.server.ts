import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { siteName } from '#kernel/site/site.ts'
import { mayRead, writesFor } from '#rooms/media/writing.ts'
import { planMeant } from '#rooms/media/plan.ts'
import { beginPlan, changePlan, removePlan } from '#rooms/media/server/plan-actions.ts'
import { findPlan } from '#rooms/media/server/plan-queries.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { lockedPlanners, planChoices, readPlan } from '../../../../../plan-typed.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../typed.ts'

async function planAt({ viewer, reading: { db } }: Pick<App.Locals, 'viewer' | 'reading'>, id: string) {
  const who = signedIn(viewer)
  const plan = await findPlan(db, id)
  return plan && mayRead(who, { writtenIn: plan.writtenIn, originalLang: plan.langs[0]! }) ? { who, plan } : error(404)
}

export const load = (async ({ locals, params }) => {
  const { who, plan } = await planAt(locals, params.id)
  const { lang, now, reading: { db } } = locals
  const site = await locals.house.site.get()
  const organisation = plan.writtenIn === null ? undefined : await findOrganisation(db, plan.writtenIn)
  return {
    plan: { id: plan.id, title: plan.title, version: plan.version, itemPath: plan.itemId && `/desk/media/${plan.itemId}`, organisation: organisation ? nameIn(organisation.texts, lang).text : siteName(site, lang).name },
    typed: { title: plan.title, kind: plan.kind, day: plan.dueDay?.toString() ?? '', hour: plan.dueHour ?? '', langs: plan.langs, keptBy: plan.keptBy ?? '', campaign: plan.campaign ?? '' },
    mayBegin: plan.langs.some((tongue) => writesFor(who, tongue).includes(plan.writtenIn)),
    choices: await planChoices({ db, now, lang }, who, site.languages),
  }
}) satisfies PageServerLoad

export const actions = {
  async change({ request, params, locals }) {
    const { house, viewer } = locals
    const { id } = signedIn(viewer)
    const form = await formOf(request)
    const read = readPlan(form)
    const drawn = Number(typed(form, 'drawn', 10))
    const meant = planMeant(read, (await house.site.get()).languages)
    await planAt(locals, params.id!)
    if ('problems' in meant) return fail(400, { typed: read, problems: meant.problems as string[], isMeanwhile: false })
    const now = house.clock()
    const obstacle = await act(house, async (tx) => {
      const { who, keeper } = await lockedPlanners(tx, id, read.keptBy, now)
      return changePlan(tx, who, params.id!, { ...meant, keeper }, drawn, now)
    })
    if (obstacle === 'not-found') error(404)
    if (obstacle === 'may-not-keep') return fail(400, { typed: read, problems: ['keeper'], isMeanwhile: false })
    if (obstacle) return fail(409, { typed: read, problems: [] as string[], isMeanwhile: true })
    redirect(303, '/desk/media/plan?done=changed')
  },
  async begin({ request, params, locals: { house, viewer, lang, reading: { db } } }) {
    const { id } = signedIn(viewer)
    await formOf(request)
    const plan = await findPlan(db, params.id!)
    const organisation = plan?.writtenIn ? await findOrganisation(db, plan.writtenIn) : undefined
    const issuedBy = organisation ? nameIn(organisation.texts, plan!.langs[0]!).text : siteName(await house.site.get(), lang).name
    const now = house.clock()
    const begun = await act(house, async (tx) => beginPlan(tx, { id, duties: await lockDuties(tx, id, now) }, params.id!, issuedBy, now))
    if (begun === 'not-found') error(404)
    if (begun === 'no-language') return fail(409, { noLanguage: true })
    redirect(303, `/desk/media/${begun.itemId}/${begun.lang}`)
  },
  async remove({ request, params, locals: { house, viewer } }) {
    const { id } = signedIn(viewer)
    await formOf(request)
    const now = house.clock()
    if (!(await act(house, async (tx) => removePlan(tx, { id, duties: await lockDuties(tx, id, now) }, params.id!, false, now)))) error(404)
    redirect(303, `/desk/media/plan?removed=${params.id}`)
  },
} satisfies Actions
