import { type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { listOf } from '#kernel/language/numbers.ts'
import { formatDay, formatInstant } from '#kernel/when/phrase.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import type { TextShown } from '#rooms/media/publish-text.ts'
import { obstacleNow, type Signing } from '#rooms/media/server/going-out-actions.ts'
import type { MissingNeed } from '#rooms/media/needs.ts'
import type { ReadingState } from '#rooms/media/second-reading.ts'
import type { PressLink } from '#rooms/media/server/press-link-queries.ts'
import { seenOf, type TextStanding } from '#rooms/media/server/text-standing-queries.ts'
import { slugOf } from '#rooms/media/slug.ts'
import { obstacleToUndoing, secondsToUndo } from '#rooms/media/undo.ts'

/** How a text stands with all who have a say. */
export interface Standing { signing: Signing; reading: ReadingState; /** `readAs` */ read: string; /** Organisations whose yes to this language is waited for, by name. */ claimers: string[] }
interface Shown extends Standing { itemId: string; isSteward: boolean; names: ReadonlyMap<string, string>; lang: Lang; zone: string; now: Temporal.Instant }

export function textShown(text: TextStanding, { itemId, signing, reading, read, claimers, isSteward, names, lang, zone, now }: Shown): TextShown {
  const spoken = { locale: lang as 'en' }
  const { here, waiting } = text
  const moment = (at: Temporal.Instant) => formatInstant(at, lang, zone)
  const number = String(text.number)
  const [saver, publisher] = [names.get(text.savedBy), here && names.get(here.decidedBy)]
  const since = here && { number: String(here.number), moment: moment(here.from) }
  return {
    lang: text.lang, title: text.title, seen: seenOf(text), isWithdrawn: text.isWithdrawn, comparePath: `/desk/media/${itemId}/${text.lang}/compare`,
    here: here && since && {
      publicationId: here.publicationId, path: text.slug && itemPath(text.lang, text.slug),
      said: publisher === undefined || publisher === null ? m.pub_here_server(since, spoken) : m.pub_here({ ...since, name: publisher }, spoken),
    },
    newest: saver === undefined ? m.pub_newest_server({ number, moment: moment(text.savedAt) }, spoken) : m.pub_newest({ number, moment: moment(text.savedAt), name: saver }, spoken),
    isAhead: here?.revisionId !== text.revisionId,
    waiting: waiting && m.pub_waits({ number: String(waiting.number), moment: moment(waiting.from) }, spoken),
    obstacle: obstacleNow(text, signing), claimers: claimers.length > 0 ? m.clm_obs_of({ names: listOf(claimers, lang), language: languageName(text.lang, lang) }, spoken) : null, undo: secondsLeft(text, now),
    missing: signing.missing.map((need) => ({ need, path: pathTo(need, itemId, text.lang) })), byMachine: reading.byMachine,
    unread: reading.last?.verdict === 'without' ? { who: m.trl_last_without({ name: names.get(reading.last.readBy) ?? m.wrt_somebody({}, spoken), moment: moment(reading.last.readAt) }, spoken), why: reading.last.note } : null,
    mayLetGo: isSteward && !reading.byMachine && signing.missing.includes('waits-for-reader') ? read : null,
    address: text.wasPublic || text.isWithdrawn ? null : { before: itemPath(text.lang, ''), slug: text.slug ?? slugOf(text.title) },
  }
}

/** The page where a need is met; null where somebody else has to come to this one. */
function pathTo(need: MissingNeed, itemId: string, lang: Lang): string | null {
  if (need === 'waits-for-reader') return `/desk/media/${itemId}/${lang}/read`
  return need === 'waits-for-editor' ? null : `/desk/media/${itemId}/agree`
}

function secondsLeft({ here, waiting, isCorrected }: TextStanding, now: Temporal.Instant): number {
  if (!here || obstacleToUndoing({ ...here, isFollowed: waiting !== null, isCorrected }, here.publicationId, now)) return 0
  return secondsToUndo(here.decidedAt, now)
}

export const linkShown = ({ id, lang, newsroom, lastReadOn }: PressLink, spoken: Lang) => ({
  id, lang, newsroom,
  read: lastReadOn ? m.pub_link_read({ day: formatDay(lastReadOn, spoken) }, { locale: spoken as 'en' }) : m.pub_link_unread({}, { locale: spoken as 'en' }),
})
