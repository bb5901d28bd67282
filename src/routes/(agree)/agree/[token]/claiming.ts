import { error, fail, redirect } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { listSigners } from '#rooms/media/server/agreement-queries.ts'
import { claimByLink, giveBackByLink } from '#rooms/media/server/claim-actions.ts'
import { listTranslatedInto } from '#rooms/media/server/claim-queries.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { notify } from '#rooms/people/server/notice-actions.ts'
import { lockPinHash } from '#rooms/people/server/pin-queries.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { typed } from '../../../(desk)/typed.ts'
import type { Asked } from '../../asked.ts'
import { tellCalledOff } from '../../../(desk)/called-off.ts'
import { digitsTyped } from './digits.ts'

export interface Translation {
  lang: string
  /** The day since which her organisation approves it; null where it does not. */
  since: string | null
}

/** The languages besides the first that the item is in or is to be in, and which of them her organisation approves. */
export async function translationsOf({ house, lang }: Pick<App.Locals, 'house' | 'lang'>, { itemId, organisationId }: Asked): Promise<Translation[]> {
  const db = house.db.read
  const { zone } = await house.site.get()
  const claims = (await listSigners(db, itemId)).find((one) => one.organisationId === organisationId)?.claims ?? []
  return [...new Set([...(await listTranslatedInto(db, itemId)), ...claims.map((claim) => claim.lang)])].sort().map((tongue) => {
    const mine = claims.find((claim) => claim.lang === tongue)
    return { lang: tongue, since: mine ? formatInstantDay(mine.claimedAt, lang, zone) : null }
  })
}

export interface ClaimTyped {
  lang: string
  isGivenBack: boolean
  /** She ticked that the text in this language may go out without her organisation's yes. */
  isSure: boolean
}

/** Which language she claims or gives back; undefined where she does neither, but answers. */
export function claimTyped(form: FormData): ClaimTyped | undefined {
  const [claimed, returned] = [typed(form, 'claim', 20), typed(form, 'giveBack', 20)]
  const lang = claimed || returned
  return lang ? { lang, isGivenBack: claimed === '', isSure: form.getAll('sure').includes(lang) } : undefined
}

/** She claims a language for her organisation, or gives it back, by her digits as she answers. */
export async function claiming({ house }: Pick<App.Locals, 'house'>, ask: Asked, token: string, { lang, isGivenBack, isSure }: ClaimTyped, pin: string) {
  // Once given back, the text can go out at once: so it is asked once more.
  if (isGivenBack && !isSure) return fail(400, { unclaimed: 'not-sure' as const })
  const digits = await digitsTyped(house, ask.personId, pin)
  if ('problem' in digits) return fail(digits.problem === 'too-many' ? 429 : 400, { unclaimed: digits.problem })
  const obstacle = await act(house, async (tx) => {
    const now = house.clock()
    // Duties first, as where she answers.
    const delegate = { id: ask.personId, duties: await lockDuties(tx, ask.personId, now) }
    if ((await lockPinHash(tx, ask.personId)) !== digits.fits) return 'wrong-pin' as const
    const done = await (isGivenBack ? giveBackByLink : claimByLink)(tx, hashToken(token), delegate, lang, now)
    if (done.obstacle !== null) return done.obstacle
    await notify(tx, { kind: isGivenBack ? 'language-given-back' : 'language-claimed', subject: ask.itemId, to: [ask.askedBy] }, now)
    await tellCalledOff(tx, ask.itemId, done.calledOffOf, now)
    return null
  })
  if (obstacle === 'dead' || obstacle === 'left-out') error(404)
  if (obstacle) return fail(obstacle === 'claimed-already' || obstacle === 'not-claimed' ? 409 : 400, { unclaimed: obstacle })
  redirect(303, `/agree/${token}?translations#translations`)
}
