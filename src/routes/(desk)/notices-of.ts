import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { kindOf } from '#rooms/people/notice.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { listNotices } from '#rooms/people/server/notice-queries.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { noticeText } from '#rooms/people/ui/notice-texts.ts'
import { signedIn } from './signed-in.ts'

/** Her notices in her language. */
export async function noticesOf({ lang, viewer, house, reading: { db } }: App.Locals, limit?: number) {
  const { zone } = await house.site.get()
  return Promise.all((await listNotices(db, signedIn(viewer).id, limit)).map(async ({ id, kind, at, readAt, organisationId, ...about }) => {
    const organisation = organisationId === null ? undefined : await findOrganisation(db, organisationId)
    const { text, warning } = noticeText(kind, { ...about, organisation: organisation ? nameIn(organisation.texts, lang).text : null }, lang)
    return { id, text, warning, at: kindOf(kind).at, day: formatInstant(at, lang, zone), isRead: readAt !== null, stamp: at.toString() }
  }))
}

/** The word in the menu, with how many are new. */
export const noticesWord = (count: number, lang: string): string =>
  count === 0 ? m.ntc_title({}, { locale: lang as 'en' }) : m.ntc_nav({ number: String(count) }, { locale: lang as 'en' })
