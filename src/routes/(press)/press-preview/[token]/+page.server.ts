import { error, redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import { act } from '#kernel/database/act.ts'
import { m } from '#kernel/language/m.ts'
import { placeName } from '#kernel/place/place.ts'
import { cityOf, formatClock, formatInstantDay } from '#kernel/when/phrase.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { notePressReading } from '#rooms/media/server/press-link-actions.ts'
import { findPressLink } from '#rooms/media/server/press-link-queries.ts'

/** Before the hour the text with its notice, after it the public page; a link that was ended, or never was, is no address at all. */
export const load = (async ({ locals, params, parent }) => {
  const { house, reading: { db, now } } = locals
  const link = await findPressLink(db, params.token, now)
  if (!link) error(404, 'Not Found')
  const { waiting, publicSlug } = link
  if (!waiting && publicSlug !== null) redirect(303, itemPath(link.lang, publicSlug))
  const { zone } = await house.site.get()
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  if (waiting && (link.lastReadOn === null || !link.lastReadOn.equals(today))) await act(house, (tx) => notePressReading(tx, link.id, today))
  // The page speaks the language of the text; the layout has chosen the reader's by then.
  const { around } = await parent()
  const tongue = around.tongues.some(({ lang }) => lang === link.lang) ? link.lang : around.lang
  locals.lang = tongue
  if (!waiting) return { tongue, text: null }
  const { from, kind, title, teaser, bodyHtml, notesHtml, frozen } = waiting
  const until = m.item_embargo({ date: formatInstantDay(from, tongue, zone), time: formatClock(from, zone), zone: cityOf(zone) }, { locale: tongue as 'en' })
  return {
    tongue,
    text: {
      until, kind, title, teaser, bodyHtml, notesHtml, when: frozen.when, dateOf: frozen.dateOf, doubt: frozen.doubt, sources: frozen.sources, licence: frozen.licence, byline: frozen.byline ?? null, byMachine: frozen.byMachine ?? false,
      signers: frozen.signers, issuedBy: frozen.issuedBy, regions: frozen.regions.map(({ place }) => placeName(place, tongue)), leavesOut: frozen.picture !== undefined || (frozen.files ?? []).length > 0,
    },
  }
}) satisfies PageServerLoad
