import type { RequestHandler } from './$types.js'
import { printedCard } from '../../../../../printed-card.ts'

/** The picture of a text that is shown where its address is shared. */
export const GET: RequestHandler = (event) => printedCard(event, 'wide', 'card.png')
