import { type Actions, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { languageName } from '#kernel/language/language.ts'
import { type Consent, consentMeant, type ConsentTyped } from '#rooms/media/consent.ts'
import { altLanguages, describedAs, frameMeant, isOut, LONGEST_ALT, LONGEST_CREDIT, LONGEST_NAME, maySeeFile, standingBeside } from '#rooms/media/library.ts'
import { answerConsent, describeFile, redrawFile } from '#rooms/media/server/library-actions.ts'
import { listFiles, listUses } from '#rooms/media/server/library-queries.ts'
import { redrawn, releasePicture, releasing } from '#rooms/media/server/sent-file.ts'
import { replaceFile } from '#rooms/media/server/showing-actions.ts'
import { mayRead } from '#rooms/media/writing.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { fileAt, fileShown, inFile, recordedShown, refusalSaid } from '../../../../../library-desk.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { takeOutEverywhere } from '../../../../../taken-out.ts'
import { formOf, typed } from '../../../../../typed.ts'

const DONE = ['added', 'kept', 'recorded', 'out', 'redrawn', 'replaced'] as const
/** What is longer than a field may be is told, and never taken for nothing: as long as a form can be. */
const ANY_LENGTH = 2_100_000
const WHOLE = { x: '0', y: '0', width: '100', height: '100' }

export const load = (async ({ locals, params, url }) => {
  const who = signedIn(locals.viewer)
  const { lang, now, reading: { db } } = locals
  const { zone, languages } = await locals.house.site.get()
  const file = await fileAt(locals, params.id)
  const uses = await listUses(db, file.id, now)
  const seen = uses.filter((use) => mayRead(who, use))
  const names = await listNames(db, file.consent ? [file.consent.recordedBy] : [])
  const others = await listFiles(db, who, { q: '', kind: file.what.kind, of: file.organisationId }, now, 50)
  const tongues = [...new Set([...languages, ...Object.keys(file.alts)])]
  const may = altLanguages(who, file, tongues)
  const count = (name: string) => String(Math.min(9999, Math.max(0, Math.trunc(Number(url.searchParams.get(name)) || 0))))
  return {
    file: fileShown(file, lang, now), recorded: recordedShown(file, names, lang, zone), isWithdrawn: file.consent?.state === 'withdrawn', isOutElsewhere: file.isOutElsewhere, seen: file.consent?.number ?? 0,
    drawn: describedAs(file, may), described: { name: file.name, credit: file.credit, licence: file.licence },
    alts: tongues.map((tongue) => ({ lang: tongue, name: languageName(tongue, lang), text: file.alts[tongue] ?? '', isHers: may.includes(tongue) })),
    consent: consentShown(file.consent), uses: seen.map(({ itemId, lang: tongue, title, isPublic }) => ({ path: `/desk/media/${itemId}/picture`, title, lang: tongue, language: languageName(tongue, lang), isPublic })),
    // Of what others write only what everybody sees: a draft of theirs is told to nobody by the file that it shows.
    elsewhere: uses.filter((use) => use.isSeen && !seen.includes(use)).length, others: others.filter((other) => other.id !== file.id && !isOut(other)).map(({ id, name }) => ({ value: id, text: name })),
    frame: WHOLE, done: DONE.find((one) => one === url.searchParams.get('done')) ?? null, replaced: { changed: count('changed'), published: count('published'), left: count('left') },
  }
}) satisfies PageServerLoad

/** The form as it was answered last; a withdrawal is answered anew. */
function consentShown(consent: Consent | undefined): ConsentTyped {
  if (!consent || consent.state === 'withdrawn') return { state: '', reason: '', shownIn: ['site', 'prints', 'networks'], until: '', face: '', isFaceHidden: false }
  const { state, reason, shownIn, untilOn, faceMayBeSeen } = consent
  const isGiven = state === 'given'
  return { state, reason: reason === 'starter' ? '' : reason, shownIn: isGiven ? shownIn : ['site', 'prints', 'networks'], until: untilOn?.toString() ?? '', face: isGiven ? (faceMayBeSeen ? 'seen' : 'not-seen') : '', isFaceHidden: isGiven && !faceMayBeSeen }
}

const back = (params: { id?: string }, done: (typeof DONE)[number], more = ''): never => redirect(303, `/desk/media/pictures/${params.id}?done=${done}${more}`)

export const actions = {
  async describe({ request, params, locals: { house, viewer, lang } }) {
    const form = await formOf(request)
    const { languages } = await house.site.get()
    const line = (name: string) => typed(form, name, ANY_LENGTH).replace(/\s+/g, ' ').trim()
    const drawn = typed(form, 'drawn', ANY_LENGTH)
    const described = { name: line('name'), credit: line('credit'), licence: line('licence') }
    const outcome = await inFile(house, viewer, params.id!, async (tx, who, file, now) => {
      const hers = altLanguages(who, file, [...new Set([...languages, ...Object.keys(file.alts)])]).filter((tongue) => form.has(`alt-${tongue}`))
      const alts = Object.fromEntries(hers.map((tongue) => [tongue, line(`alt-${tongue}`)]))
      const long = [...(described.name.length > LONGEST_NAME ? ['name'] : []), ...(described.credit.length > LONGEST_CREDIT ? ['credit'] : []), ...(described.licence.length > LONGEST_CREDIT ? ['licence'] : []), ...hers.filter((tongue) => alts[tongue]!.length > LONGEST_ALT).map((tongue) => `alt-${tongue}`)]
      if (long.length > 0) return { long, alts }
      const meanwhile = await describeFile(tx, file, { ...described, alts }, drawn, who.id, now)
      return meanwhile && { ...meanwhile, long, alts }
    })
    if (!outcome) return back(params, 'kept')
    // From there she saves over what stands, having been shown it.
    const stands = 'stands' in outcome ? outcome.stands : undefined
    return fail(stands === undefined ? 400 : 409, { about: 'describe' as const, described, long: outcome.long, alts: outcome.alts, beside: stands === undefined ? undefined : standingBeside(stands, { ...described, alts: outcome.alts }), drawn: stands ?? drawn, lang })
  },
  async consent({ request, params, locals: { house, viewer } }) {
    const form = await formOf(request)
    const answer: ConsentTyped = {
      state: typed(form, 'state', 20), reason: typed(form, 'reason', ANY_LENGTH), shownIn: form.getAll('shown').filter((one) => typeof one === 'string'), until: typed(form, 'until', 20), face: typed(form, 'face', 20), isFaceHidden: form.has('hidden'),
    }
    const answeredTo = { seen: Number(typed(form, 'seen', 10) || NaN), isAgain: form.has('again') }
    const { zone } = await house.site.get()
    const obstacle = await inFile(house, viewer, params.id!, async (tx, who, file, now) => {
      const meant = consentMeant(answer, zone, now)
      return 'obstacle' in meant ? meant.obstacle : answerConsent(tx, file, meant.consent, answeredTo, who.id, now)
    })
    return obstacle ? fail(obstacle === 'meanwhile' ? 409 : 400, { about: 'consent' as const, answer, obstacle }) : back(params, 'recorded')
  },
  async withdraw({ request, params, locals: { house, viewer } }) {
    const isSure = (await formOf(request)).has('sure')
    const done = await inFile(house, viewer, params.id!, async (tx, who, file, now) => {
      if (isSure) await takeOutEverywhere(tx, file, who.id, now)
      return isSure
    })
    return done ? back(params, 'out') : fail(400, { about: 'withdraw' as const })
  },
  async redraw({ request, params, locals }) {
    const { house, viewer, lang } = locals
    const form = await formOf(request)
    const how = typed(form, 'how', 10) === 'blur' ? 'blur' : 'crop'
    const frame = { x: typed(form, 'x', 10), y: typed(form, 'y', 10), width: typed(form, 'width', 10), height: typed(form, 'height', 10) }
    const meant = frameMeant(frame)
    const shown = await fileAt(locals, params.id!)
    const { what } = shown
    if (what.kind !== 'picture' || isOut(shown) || !meant) return fail(400, { about: 'redraw' as const, frame, problem: null })
    // Drawn before the act: it takes seconds. Whoever may not see the file was turned away above.
    const drawn = await redrawn(house, what.shown, meant, how)
    if ('refused' in drawn) return fail(400, { about: 'redraw' as const, frame, problem: refusalSaid(drawn.refused, lang) })
    const isMeanwhile = await releasing({ release: () => releasePicture(house, drawn.pictureId) }, () => inFile(house, viewer, params.id!, async (tx, who, file, now) => {
      // Two who blur at once: the second would bring back what the first made unrecognisable.
      if (file.what.kind !== 'picture' || file.what.shown.pictureId !== what.shown.pictureId) return true
      await redrawFile(tx, file, drawn, who.id, now)
      return false
    }))
    if (isMeanwhile) await releasePicture(house, drawn.pictureId)
    return isMeanwhile ? fail(409, { about: 'redraw' as const, frame, problem: null }) : back(params, 'redrawn')
  },
  async replace({ request, params, locals: { house, viewer } }) {
    const nextId = typed(await formOf(request), 'next', 40)
    const { zone } = await house.site.get()
    const done = await inFile(house, viewer, params.id!, async (tx, who, file, now, next) =>
      next && maySeeFile(who, next) && next.what.kind === file.what.kind && !isOut(next) ? replaceFile(tx, who, file, next, zone, now) : undefined, nextId)
    return done ? back(params, 'replaced', `&changed=${done.changed}&published=${done.published}&left=${done.left}`) : fail(400, { about: 'replace' as const, next: nextId })
  },
} satisfies Actions
