// A route as the desk's will be, put into a copy of the program by form-action.test.ts. It asks nobody who they are.
import { type Actions, fail, redirect } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { findTextAt } from '#rooms/media/server/address-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'

export const actions = {
  async default({ locals: { house, now }, params: { lang = '', slug = '' } }) {
    const text = await findTextAt(house.db.read, lang, slug)
    if (!text) return fail(404)
    const { itemId, latestRevisionId: revisionId } = text
    const outcome = await act(house, (tx) => publishRevision(tx, { itemId, lang, revisionId, from: now, zone: 'UTC' }, 'operator', now))
    return outcome.published ? redirect(303, itemPath(lang, slug)) : fail(409)
  },
} satisfies Actions
