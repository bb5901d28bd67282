import { type Actions, error, fail, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { wantedChanges } from '#rooms/media/agreed-difference.ts'
import { isAnswer, lastAnswer } from '#rooms/media/agreement.ts'
import { listAnswersBy } from '#rooms/media/server/agreement-queries.ts'
import { answerAsk, noteAskSeen } from '#rooms/media/server/answer-actions.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { findPinHash, lockPinHash } from '#rooms/people/server/pin-queries.ts'
import { formOf, typed } from '../../../(desk)/typed.ts'
import { type Asked, askedAt, isOpenedByHer } from '../../asked.ts'
import { tellCalledOff } from '../../../(desk)/called-off.ts'
import { askedIn, isStillAsked, textOf } from './asked-text.ts'
import { claiming, claimTyped, translationsOf } from './claiming.ts'
import { digitsTyped } from './digits.ts'

async function livingAsk(locals: App.Locals, token: string | undefined): Promise<Asked> {
  return (await askedAt(locals, token)) ?? error(404)
}

/** Looking says nothing for her and uses nothing up. Where she is signed in herself, it is noted that she has the text before her. */
export const load = (async ({ locals, params, url, cookies }) => {
  const ask = await livingAsk(locals, params.token)
  const { house, lang, now } = locals
  const { zone } = await house.site.get()
  if (ask.seenAt === null && (await isOpenedByHer({ url, cookies, locals }, ask))) await act(house, (tx) => noteAskSeen(tx, ask.id, now))
  const hasPin = (await findPinHash(house.db.read, ask.personId)) !== undefined
  const said = { ...(await askedIn(locals, ask)), isGivenBack: ask.isGivenBack, translation: ask.textLang === ask.originalLang ? null : ask.textLang, translations: hasPin ? await translationsOf(locals, ask) : [], hasClaimed: url.searchParams.has('translations'), hasPin }
  if (!(await isStillAsked(locals, ask))) return { ...said, text: null, answered: null, isAgain: false }
  // A later no to other words ended what she said of these.
  const last = lastAnswer((await listAnswersBy(house.db.read, ask)).toReversed(), ask.hash)
  return {
    ...said, text: await textOf(locals, ask), isAgain: url.searchParams.has('again'),
    answered: last ? { answer: last.answer, day: formatInstantDay(last.at, lang, zone) } : null,
  }
}) satisfies PageServerLoad

/** Far beyond any paragraph: what is longer, or could stand in no database, is no form of ours, and says nothing about a paragraph. */
const LONGEST = 100_000

export const actions = {
  async default({ request, params, locals }) {
    const { house } = locals
    const ask = await livingAsk(locals, params.token)
    const form = await formOf(request)
    const pin = typed(form, 'pin', 20).trim()
    const claim = claimTyped(form)
    if (claim) return claiming(locals, ask, params.token!, claim, pin)
    const { blocks } = await textOf(locals, ask)
    const changed = Object.fromEntries(blocks.flatMap((_, i) => {
      const text = typed(form, `c${i}`, LONGEST)
      // Emptied, a paragraph is to be taken out; that must not come of a field that was not there.
      return text === '' && form.get(`c${i}`) !== '' ? [] : [[i, text]]
    }))
    const reason = typed(form, 'why', LONGEST).replace(/\r\n?/g, '\n').trim()
    const changes = wantedChanges(blocks, (block) => changed[block])
    const kept = { changed, reason, changes }
    const answer = typed(form, 'answer', 20)
    if (!isAnswer(answer)) return fail(400, { ...kept, problem: 'no-answer' as const })
    const digits = await digitsTyped(house, ask.personId, pin)
    if ('problem' in digits) return fail(digits.problem === 'too-many' ? 429 : 400, { ...kept, problem: digits.problem })
    const outcome = await act(house, async (tx) => {
      const now = house.clock()
      // Duties first, as where somebody leaves: two acts that wait for each other would both fail.
      const delegate = { id: ask.personId, duties: await lockDuties(tx, ask.personId, now) }
      // Digits that she changed while this was under way answer nothing.
      if ((await lockPinHash(tx, ask.personId)) !== digits.fits) return { obstacle: 'wrong-pin' as const }
      const answered = await answerAsk(tx, hashToken(params.token!), delegate, { answer, reason, changes }, now)
      if (answered.obstacle === null && answered.isNew) {
        await notify(tx, { kind: 'signer-answered', subject: ask.itemId, to: [ask.askedBy] }, now)
        await tellCalledOff(tx, ask.itemId, answered.calledOffOf, now)
      }
      return answered
    })
    if (outcome.obstacle === 'dead') error(404)
    if (outcome.obstacle) return fail(outcome.obstacle === 'text-changed' || outcome.obstacle === 'given-back' ? 409 : 400, { ...kept, problem: outcome.obstacle })
    redirect(303, `/agree/${params.token}`)
  },
} satisfies Actions
