import type { RequestHandler } from './$types.js'
import { RSS_TYPE, writeRss } from '#rooms/media/feed/rss.ts'
import { listForFeed } from '#rooms/media/server/feed-queries.ts'
import { answerFeed } from '../../../../answer-feed.ts'

export const GET: RequestHandler = (event) => {
  const { now } = event.locals.reading
  return answerFeed({
    event, below: '/feed.rss', type: RSS_TYPE, ask: (db, filter, page) => listForFeed(db, filter, now, page), write: writeRss,
  })
}
