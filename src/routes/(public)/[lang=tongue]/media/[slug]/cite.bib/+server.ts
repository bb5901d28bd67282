import type { RequestHandler } from './$types.js'
import { citedAs } from '../../../../../cited-as.ts'

export const GET: RequestHandler = (event) => citedAs(event, 'bib')
