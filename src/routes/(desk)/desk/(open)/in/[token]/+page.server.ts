import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { sessionCookieAt } from '#kernel/viewer/session-cookie.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { deviceOf } from '#rooms/people/session.ts'
import { comeIn } from '#rooms/people/server/coming-in-actions.ts'
import { asksPin, type EntryProblems, readEntryForm, withPinOnceMore } from '#rooms/people/server/entry-form.ts'
import { LONGEST_ANSWER } from '#rooms/people/server/passkey-answer.ts'
import { hashPassword } from '#rooms/people/server/password.ts'
import { hashRecoveryCode, newRecoveryCodes } from '#rooms/people/server/recovery-codes.ts'
import { placeAt, saidOfPasskeys } from '../../../../passkey-place.ts'
import { endFormer, keepToken } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'
import { livingLink } from './living-link.ts'

/** Looking uses nothing up: messengers fetch links before people do. */
export const load = (async ({ locals, params, url }) => {
  if (locals.cameIn) return { link: null, isInTheOpen: false, passkeys: saidOfPasskeys(url, locals.house.settings.origins) }
  const link = await livingLink(locals, params.token)
  const { zone } = await locals.house.site.get()
  return {
    link: { duty: link.duty, asksPin: asksPin(link), until: formatInstant(link.expiresAt, locals.lang, zone), key: link.totpSecret!.match(/.{1,4}/g)!.join(' ') },
    isInTheOpen: sessionCookieAt(url) === undefined,
    passkeys: saidOfPasskeys(url, locals.house.settings.origins),
  }
}) satisfies PageServerLoad

const PROBLEMS: Record<'name-taken' | 'wrong-code' | 'passkey-refused', EntryProblems> = {
  'name-taken': { signInName: 'taken' }, 'wrong-code': { code: 'wrong-code' }, 'passkey-refused': { passkey: 'passkey-refused' },
}

export const actions = {
  async default({ request, url, params, cookies, locals }) {
    const { house, lang } = locals
    const link = await livingLink(locals, params.token)
    if (!sessionCookieAt(url)) return fail(403, { typed: { name: '', signInName: '' }, problems: {} })
    const form = await formOf(request)
    const place = form.has('passkey') ? placeAt(url) : undefined
    const field = (name: string) => typed(form, name)
    const { asked, problems } = readEntryForm(field, link, house.clock(), place ? 'passkey' : 'password')
    const { name, signInName, pin } = asked
    const mend = (found: EntryProblems) => fail(400, { typed: { name, signInName }, problems: withPinOnceMore(found, pin) })
    if (Object.keys(problems).length > 0) return mend(problems)
    const codes = newRecoveryCodes()
    const device = deviceOf(request.headers.get('user-agent'))
    const named = { name, signInName, lang, recoveryHashes: codes.map((code) => hashRecoveryCode(code)), sharedDevice: false, device, pinHash: pin === '' ? null : await hashPassword(pin) }
    const who = place
      ? { ...named, passkey: { answer: typed(form, 'passkey', LONGEST_ANSWER), place, label: device ?? place.rpId } }
      : { ...named, code: asked.code, passwordHash: await hashPassword(asked.password) }
    const outcome = await act(house, (tx) => comeIn(tx, hashToken(params.token!), who, house.clock()))
    if (outcome.cameIn) {
      await endFormer(locals)
      keepToken({ url, cookies }, outcome.token, false)
      locals.cameIn = true
      return { codes }
    }
    if (outcome.obstacle === 'dead-link') error(404)
    return mend(PROBLEMS[outcome.obstacle])
  },
} satisfies Actions
