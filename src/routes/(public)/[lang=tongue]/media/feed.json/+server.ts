import type { RequestHandler } from './$types.js'
import { JSON_FEED_TYPE, writeJsonFeed } from '#rooms/media/feed/json.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { answerFeed } from '../../../../answer-feed.ts'

export const GET: RequestHandler = (event) => {
  const { now } = event.locals.reading
  return answerFeed({
    event, below: '/feed.json', type: JSON_FEED_TYPE, ask: (db, filter, page) => listForFeed(db, filter, now, page), write: writeJsonFeed,
  })
}
