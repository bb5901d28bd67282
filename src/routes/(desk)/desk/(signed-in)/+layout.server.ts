import type { LayoutServerLoad } from './$types.js'
import { isSteward } from '#rooms/people/person.ts'
import { findAccount } from '#rooms/people/server/account-queries.ts'
import { countNewNotices } from '#rooms/people/server/notice-queries.ts'
import { isKeeping } from '../../keepers.ts'
import { noticesWord } from '../../notices-of.ts'
import { signedIn } from '../../signed-in.ts'

export const load = (async ({ locals }) => {
  const person = signedIn(locals.viewer)
  const account = await findAccount(locals.reading.db, person.id)
  if (!account) throw new Error('whoever has a session is a person')
  const notices = noticesWord(await countNewNotices(locals.reading.db, person.id), locals.lang)
  return { notices, isShared: locals.sharedDevice ?? false, account: { ...account, isSteward: isSteward(person), hasDuty: person.duties.length > 0, keepsTexts: person.duties.some(isKeeping) } }
}) satisfies LayoutServerLoad
