import type { RequestHandler } from './$types.js'
import { printedCard } from '../../../../../printed-card.ts'

/** The picture of a text that fills a telephone, for a day. */
export const GET: RequestHandler = (event) => printedCard(event, 'story', 'story.png')
