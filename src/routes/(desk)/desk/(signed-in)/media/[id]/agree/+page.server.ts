import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { hashToken, newToken } from '#kernel/id/server/secret-token.ts'
import { languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { cityOf } from '#kernel/when/phrase.ts'
import { askSigner, leaveOutSigner, revokeAsk, takeBackLeavingOut, wishSigner } from '#rooms/media/server/agreement-actions.ts'
import { findNewestWords, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { listTranslatedInto } from '#rooms/media/server/claim-queries.ts'
import { mayAskSigners } from '#rooms/media/writing.ts'
import { nameIn, sortedByName } from '#rooms/people/organisation.ts'
import { findAsked, listDelegates } from '#rooms/people/server/delegate-queries.ts'
import { listNames } from '#rooms/people/server/member-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { findOrganisation, listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { headOf, itemAt } from '../../../../../item-desk.ts'
import { signedIn } from '../../../../../signed-in.ts'
import { formOf, typed } from '../../../../../typed.ts'
import { asking, momentIn } from './asking.ts'
import { boardLanguage, boardRow, sumOf } from './board.ts'
import { claimingFor, givingBackFor } from './claiming-for.ts'

export const load = (async ({ locals, params }) => {
  const { lang, house, reading: { db, now } } = locals
  const item = await itemAt(locals, params.id)
  const { zone } = await house.site.get()
  const newest = await findNewestWords(db, item.id)
  const signers = await listSigners(db, item.id)
  const languages = [boardLanguage(item.originalLang, true, newest, lang)]
  for (const tongue of new Set([...(await listTranslatedInto(db, item.id)), ...signers.flatMap(({ claims }) => claims.map((claim) => claim.lang))])) languages.push(boardLanguage(tongue, false, await findNewestWords(db, item.id, tongue), lang))
  const organisations = sortedByName(await listOrganisations(db), lang)
  const named = {
    languages, now, lang, zone, delegates: await listDelegates(db, signers.map(({ organisationId }) => organisationId), now),
    people: await listNames(db, signers.flatMap(({ asks, answers, claims, leftOut }) => [...asks, ...answers].map(({ personId }) => personId).concat(claims.map((claim) => claim.claimedBy), leftOut ? [leftOut.by] : []))),
  }
  // In the order of their names, as on every list of organisations.
  const rows = organisations.flatMap(({ id, texts }) => signers.filter(({ organisationId }) => organisationId === id).map((signer) => boardRow(signer, nameIn(texts, lang).text, named)))
  const { waits, agreed, counted } = sumOf(rows)
  return {
    head: headOf(item, item.originalLang, lang), mayAsk: mayAskSigners(signedIn(locals.viewer), item), rows, languages,
    // Nobody approves these themselves, so that nobody else is asked.
    unclaimed: languages.filter((one) => !one.isSource && !rows.some(({ isLeftOut, texts }) => !isLeftOut && texts.some((text) => text.lang === one.lang))).map(({ name }) => name),
    source: newest ? { language: languageName(newest.lang, lang), number: String(newest.number) } : null,
    waits, agreed, counted, city: cityOf(zone),
    // Only who agreed to be shown by name can be named below a text.
    others: organisations.filter(({ id, agreedToBeShownAt }) => agreedToBeShownAt !== null && !signers.some(({ organisationId }) => organisationId === id)).map(({ id, texts }) => ({ value: id, text: nameIn(texts, lang).text })),
  }
}) satisfies PageServerLoad

const LONGEST_WHY = 500

type Told = { of: string; problem: string; lang?: string; whom?: string; deadline?: string; channel?: string; why?: string; claimed?: string; returned?: boolean }
/** No row and no right answer alike; what was typed is kept. */
const told = (obstacle: string | null, kept: Omit<Told, 'problem'>, done: string) =>
  obstacle === 'not-found' ? error(404) : obstacle !== null ? fail(obstacle === 'changed-meanwhile' ? 409 : 400, { ...kept, problem: obstacle } as Told) : { done }

export const actions = {
  async add({ request, params, locals }) {
    const organisationId = typed(await formOf(request), 'organisation', 40)
    if (organisationId === '') return told('none-chosen', { of: 'add' }, '')
    const outcome = await asking(locals, '', async (tx, who, _, now) => {
      const organisation = await findOrganisation(tx, organisationId)
      return wishSigner(tx, who, params.id!, { organisationId: organisation?.id ?? '', isShown: Boolean(organisation?.agreedToBeShownAt) }, now)
    })
    return told(outcome, { of: 'add' }, 'added')
  },

  /** Makes a link and shows it, this once: of its secret only a hash is kept. */
  async ask({ request, params, url, locals }) {
    const { house, lang } = locals
    const form = await formOf(request)
    const [organisationId, tongue, whom, channel, wanted] = [typed(form, 'organisation', 40), typed(form, 'lang', 20), typed(form, 'whom', 40), typed(form, 'channel', 60).trim(), typed(form, 'deadline', 40)]
    const { zone } = await house.site.get()
    const deadline = momentIn(wanted, zone)
    const token = newToken()
    const outcome = await asking(locals, whom, async (tx, who, delegate, now) => {
      if (deadline === undefined) return 'deadline-passed' as const
      const asked = await askSigner(tx, who, params.id!, { organisationId, ...(tongue && { lang: tongue }), delegate, drawn: typed(form, 'drawn', 64), tokenHash: hashToken(token), deadline, channel: channel || null }, now)
      if (asked === null) await notify(tx, { kind: 'asked-to-sign', to: [whom] }, now)
      return asked
    })
    if (outcome !== null) return told(outcome, { of: organisationId, lang: tongue, whom, deadline: wanted, channel }, '')
    const [person, organisation] = [(await findAsked(house.db.read, whom))!, (await findOrganisation(house.db.read, organisationId))!]
    const link = `${house.settings.origins[0] ?? url.origin}/agree/${token}`
    const said = { name: person.name, organisation: nameIn(organisation.texts, person.lang).text, link }
    return { done: 'asked', asked: { name: person.name, organisation: nameIn(organisation.texts, lang).text, link, lang: person.lang, message: m.agr_message(said, { locale: person.lang as 'en' }) } }
  },

  async revoke({ request, params, locals }) {
    const askId = typed(await formOf(request), 'ask', 40)
    return told(await asking(locals, '', (tx, who, _, now) => revokeAsk(tx, who, params.id!, askId, now)), { of: '' }, 'revoked')
  },

  async leaveOut({ request, params, locals }) {
    const form = await formOf(request)
    const [organisationId, why] = [typed(form, 'organisation', 40), typed(form, 'why', LONGEST_WHY)]
    const leaving = { organisationId, why, drawn: typed(form, 'drawn', 20) }
    return told(await asking(locals, '', (tx, who, _, now) => leaveOutSigner(tx, who, params.id!, leaving, now)), { of: organisationId, why }, 'left-out')
  },

  /** An organisation asked to approve a language: recorded for it. */
  async claim({ request, params, locals }) {
    const form = await formOf(request)
    const [organisationId, tongue] = [typed(form, 'organisation', 40), typed(form, 'lang', 20)]
    return told(await claimingFor(locals, params.id!, { organisationId, lang: tongue }), { of: organisationId, claimed: tongue }, 'claimed')
  },

  async giveBack({ request, params, locals }) {
    const form = await formOf(request)
    const [organisationId, tongue] = [typed(form, 'organisation', 40), typed(form, 'lang', 20)]
    const returned = { organisationId, lang: tongue, isAskedFor: form.get('asked') === 'on' }
    return told(await givingBackFor(locals, params.id!, returned), { of: organisationId, lang: tongue, returned: true }, 'given-back')
  },

  async takeBack({ request, params, locals }) {
    const organisationId = typed(await formOf(request), 'organisation', 40)
    return told(await asking(locals, '', (tx, who, _, now) => takeBackLeavingOut(tx, who, params.id!, organisationId, now)), { of: organisationId }, 'taken-back')
  },
} satisfies Actions
