import type { RequestHandler } from './$types.js'
import { printedCard } from '../../../../../printed-card.ts'

/** The picture of a text for a chat or a wall. */
export const GET: RequestHandler = (event) => printedCard(event, 'square', 'square.png')
