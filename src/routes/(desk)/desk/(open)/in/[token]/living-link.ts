import { error } from '@sveltejs/kit'
import { hashToken } from '#kernel/id/server/secret-token.ts'
import { type EntryLink, obstacleToEntry } from '#rooms/people/entry-link.ts'
import { findEntryLink } from '#rooms/people/server/entry-link-queries.ts'

/** A used, expired, revoked and invented link answer alike. */
export async function livingLink({ house, now }: Pick<App.Locals, 'house' | 'now'>, token = ''): Promise<EntryLink> {
  const link = await findEntryLink(house.db.read, hashToken(token))
  if (!link || obstacleToEntry(link, now)) error(404)
  return link
}
