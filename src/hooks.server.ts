import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { isConnectionLoss } from '#kernel/database/connection-loss.ts'
import { type House, theHouse } from '#kernel/house.ts'
import { negotiate } from '#kernel/language/negotiate.ts'
import { direction, UI_LANGS } from '#kernel/language/language.ts'
import { Reading } from '#kernel/page-cache/reading.ts'
import { READER } from '#kernel/viewer/viewer.ts'
import { chosenAtDoor } from '#kernel/web/door-language.ts'
import { newReference } from '#kernel/web/reference.ts'
import { languageOfAsked } from './routes/(agree)/asked.ts'
import { FRAMED_ROUTE, inFrame, previewOf } from './routes/(desk)/in-frame.ts'
import { orSignIn, signedInAt } from './routes/(desk)/signed-in.ts'
import { orOldAddress } from './routes/old-address.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const house = theHouse()
  const reading = house.reading.getStore() ?? new Reading(house.db.read, house.clock())
  event.locals.house = house
  event.locals.reading = reading
  event.locals.now = reading.now
  event.locals.viewer = READER
  const response = await house.reading.run(reading, async () => {
    event.locals.lang = await languageOf(event.url.pathname, event.request.headers.get('accept-language'), house)
    if (event.route.id?.startsWith('/(agree)/')) event.locals.lang = (await languageOfAsked(event)) ?? event.locals.lang
    if (isOfDesk(event.route.id)) {
      await signedInAt(event)
      event.locals.lang = chosenAtDoor(event.route.id, event.url.searchParams, await languagesOf(house)) ?? event.locals.lang
    }
    const within = (html: string) => (event.route.id === FRAMED_ROUTE ? inFrame(html, previewOf(event.url.pathname)) : html)
    return orSignIn(event) ?? orOldAddress(event, async () => resolve(event, { transformPageChunk: ({ html }) => within(dressed(html, event.locals.lang)) }))
  })
  response.headers.delete('x-sveltekit-page')
  return response
}

/** Public pages never ask who reads them. */
const isOfDesk = (route: string | null) => route?.startsWith('/(desk)/') ?? false

/** The layout has settled by now which language the page speaks. */
const dressed = (html: string, lang: string) =>
  html.replace('%altavoz.lang%', lang).replace('%altavoz.dir%', direction(lang))

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  const reference = newReference()
  const { log } = theHouse()
  log.error('request failed', error, { reference, route: event.route.id, method: event.request.method })
  if (isConnectionLoss(error)) return { status: 503, message: 'The database is away', reference }
  return { message: 'Internal Error', reference }
}

/** Also for addresses that exist nowhere: the reader of a 404 page reads the language that the address began with. */
async function languageOf(path: string, accepted: string | null, house: House): Promise<string> {
  const first = path.split('/', 2)[1] ?? ''
  const languages = await languagesOf(house)
  if (languages.includes(first)) return first
  const site = await siteOf(house)
  return negotiate(accepted, languages, site?.defaultLanguage ?? 'en')
}

const languagesOf = async (house: House) => (await siteOf(house))?.languages ?? [...UI_LANGS]

/** A page that says that the database is away needs a language too. */
const siteOf = (house: House) => house.site.get().catch(() => undefined)
