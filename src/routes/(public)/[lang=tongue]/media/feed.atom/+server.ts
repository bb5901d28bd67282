import type { RequestHandler } from './$types.js'
import { ATOM_TYPE, writeAtom } from '#rooms/media/feed/atom.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { answerFeed } from '../../../../answer-feed.ts'

export const GET: RequestHandler = (event) => {
  const { now } = event.locals.reading
  return answerFeed({
    event, below: '/feed.atom', type: ATOM_TYPE, ask: (db, filter, page) => listForFeed(db, filter, now, page), write: writeAtom,
  })
}
