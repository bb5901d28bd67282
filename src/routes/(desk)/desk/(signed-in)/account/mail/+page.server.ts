import { type Actions, error, fail } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { addressIn } from '#kernel/mail/address.ts'
import { MAIL_EVERY_HOURS } from '#rooms/people/notice.ts'
import { askToConfirm, removeMail, wantMail } from '#rooms/people/server/mail-actions.ts'
import { findOwnMail } from '#rooms/people/server/mail-queries.ts'
import { signedIn } from '../../../../signed-in.ts'
import { formOf, typed } from '../../../../typed.ts'

export const load = (async ({ locals: { viewer, house, reading: { db, now } } }) => ({
  isSent: house.mail !== undefined, everyHours: MAIL_EVERY_HOURS, own: await findOwnMail(db, signedIn(viewer).id, now),
})) satisfies PageServerLoad

const want = (wants: boolean) => async ({ locals: { house, viewer } }: { locals: App.Locals }) => {
  const obstacle = await act(house, (tx) => wantMail(tx, signedIn(viewer), wants, house.clock()))
  return obstacle ? fail(404, { done: 'removed' as const }) : { done: wants ? ('started' as const) : ('stopped' as const) }
}

export const actions = {
  async ask({ request, locals: { house, viewer } }) {
    if (!house.mail) error(404)
    const asked = typed(await formOf(request), 'address', 300)
    const address = addressIn(asked)
    if (address === undefined) return fail(400, { asked, problem: 'bad' as const })
    const obstacle = await act(house, (tx) => askToConfirm(tx, house.jobs, signedIn(viewer), address, house.clock()))
    return obstacle ? fail(400, { asked, problem: obstacle }) : { done: 'sent' as const }
  },
  start: want(true),
  stop: want(false),
  /** Also where mail is not sent any more: an address that is of no use must be able to go. */
  async remove({ locals: { house, viewer } }) {
    await act(house, (tx) => removeMail(tx, signedIn(viewer), house.clock()))
    return { done: 'removed' as const }
  },
} satisfies Actions
