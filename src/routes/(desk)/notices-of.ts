import { m } from '#kernel/language/m.ts'
import { formatInstant } from '#kernel/when/phrase.ts'
import { listAmong } from '#rooms/media/server/text-list-queries.ts'
import { kindOf, placeOf } from '#rooms/people/notice.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { listNotices } from '#rooms/people/server/notice-queries.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import { listRecoveriesToConfirm } from '#rooms/people/server/recovery-queries.ts'
import { noticeText } from '#rooms/people/ui/notice-texts.ts'
import { signedIn } from './signed-in.ts'

/** Her notices in her language. */
export async function noticesOf({ lang, viewer, house, reading: { db, now } }: App.Locals, limit?: number) {
  const { zone } = await house.site.get()
  const who = signedIn(viewer)
  const notices = await listNotices(db, who.id, limit)
  // Who was let back in, or refused, asks no more: her page is gone, and no notice leads there.
  const asking = notices.some(({ kind }) => kind === 'recovery-asked') ? await listRecoveriesToConfirm(db, who, now) : []
  // A text is named to whoever may read it as her duties stand now, wherever it lies; to her alone its page is a way.
  const about = [...new Set(notices.flatMap(({ kind, subject }) => (kindOf(kind).about === 'text' && subject !== null ? [subject] : [])))]
  const texts = new Map((await listAmong(db, who, about, now)).map((item) => [item.id, item.texts[0]?.title || m.txt_untitled({}, { locale: lang as 'en' })]))
  return Promise.all(notices.map(async ({ id, kind, at, readAt, subject, organisationId, ...of }) => {
    const text = kindOf(kind).about === 'text' ? (texts.get(subject ?? '') ?? null) : null
    const isOver = (kind === 'recovery-asked' && !asking.some(({ personId }) => personId === subject)) || (kindOf(kind).about === 'text' && text === null)
    const organisation = organisationId === null ? undefined : await findOrganisation(db, organisationId)
    const said = noticeText(kind, { ...of, text, organisation: organisation ? nameIn(organisation.texts, lang).text : null }, lang)
    return { id, ...said, at: isOver ? undefined : placeOf(kind, subject), day: formatInstant(at, lang, zone), isRead: readAt !== null, stamp: at.toString() }
  }))
}

/** The word in the menu, with how many are new. */
export const noticesWord = (count: number, lang: string): string =>
  count === 0 ? m.ntc_title({}, { locale: lang as 'en' }) : m.ntc_nav({ number: String(count) }, { locale: lang as 'en' })
