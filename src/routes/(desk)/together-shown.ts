import type { ReadDb } from '#kernel/database/tables.ts'
import { collator } from '#kernel/language/numbers.ts'
import { type Lang, languageName } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { DeskItem } from '#rooms/media/server/desk-item-queries.ts'
import { findSigning, obstacleNow } from '#rooms/media/server/going-out-actions.ts'
import { listTextStandings, seenOf } from '#rooms/media/server/text-standing-queries.ts'
import { listKeysIn, listTopics } from '#rooms/media/server/topic-queries.ts'
import { sentAs, type Together } from '#rooms/media/together.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { obstacleSaid, problemSaid } from '#rooms/media/ui/publish-words.ts'
import { mayPublish } from '#rooms/media/writing.ts'
import type { Became } from './each-text.ts'
import { ledAmong } from './led-among.ts'

/** As many languages of texts as are drawn and published at once. */
export const MOST_TO_SEND = 50
/** As many are asked about for that, each with some queries: what readers have already is found out only by asking. */
const MOST_LOOKED_AT = 100

export interface ToSend {
  itemId: string
  texts: { name: string; lang: Lang; title: string; sent: string; obstacle: string | null; waits: boolean }[]
}

/** What of these texts is newer than what readers have and hers to publish, with what stands in the way. */
export async function drawToSend(db: ReadDb, who: OnDuty, items: readonly DeskItem[], spoken: Lang, now: Temporal.Instant, most = { sent: MOST_TO_SEND, looked: MOST_LOOKED_AT }): Promise<{ toSend: ToSend[]; isCut: boolean }> {
  const toSend: ToSend[] = []
  let [sent, looked] = [0, 0]
  for (const item of items) {
    const texts: ToSend['texts'] = []
    for (const text of await listTextStandings(db, item.id, now)) {
      if (text.isWithdrawn || !mayPublish(who, item, text.lang)) continue
      if (++looked > most.looked) return { toSend, isCut: true }
      const obstacle = obstacleNow(text, await findSigning(db, item, text.lang, who.id, ledAmong, now))
      if (obstacle === 'already-published') continue
      if (++sent > most.sent) return { toSend, isCut: true }
      const said = obstacle && obstacleSaid(obstacle, spoken)
      texts.push({ name: languageName(text.lang, spoken), lang: text.lang, title: text.title, sent: sentAs({ itemId: item.id, lang: text.lang, seen: seenOf(text) }), obstacle: said, waits: text.waiting !== null })
    }
    toSend.push({ itemId: item.id, texts })
  }
  return { toSend, isCut: false }
}

/** Topics to choose from: to be added, all that stand; to be taken off, those that some of these texts have. */
export async function drawTopics(db: ReadDb, itemIds: readonly string[], doing: Together, spoken: Lang) {
  const all = await listTopics(db)
  const standing = all.filter(({ mergedInto }) => mergedInto === null)
  const here = doing === 'takeTopic' ? await listKeysIn(db, itemIds) : null
  const isHere = (key: string) => here === null || keysReadAs(all, key).some((one) => here.has(one))
  return standing.filter(({ key }) => isHere(key)).map((topic) => ({ value: topic.key, text: topicNamed(topic, spoken).name })).toSorted((a, b) => collator(spoken).compare(a.text, b.text))
}

/** A topic that stands, first, and those that were merged into it. */
export const keysReadAs = (all: readonly { key: string; mergedInto: string | null }[], key: string): [string, ...string[]] =>
  [key, ...all.filter(({ mergedInto }) => mergedInto === key).map((one) => one.key)]

const LEFT: Record<string, typeof m.blk_gone> = {
  'not-found': m.blk_gone, 'not-yours': m.blk_not_yours, 'in-trash': m.blk_in_trash, 'has-topic': m.blk_has_topic, 'lacks-topic': m.blk_lacks_topic,
  'no-title': m.blk_no_title, 'all-public': m.blk_all_public, 'not-planned': m.blk_not_planned, 'may-not-keep': m.pln_err_keeper, 'not-reached': m.blk_not_reached, starter: m.trs_left_starter,
}
/** What is said of a text in the same words, whatever was to be done with it. */
const ALIKE = ['not-found', 'not-yours', 'not-reached', 'starter']
/** What hinders a text from going out is said as on the page where it is published. */
function why(outcome: string, reference: string, doing: Together, spoken: Lang): string {
  if (outcome === 'failed') return m.blk_failed({ ref: reference }, { locale: spoken as 'en' })
  const said = doing === 'publish' && !ALIKE.includes(outcome) ? undefined : LEFT[outcome]
  return said ? said({}, { locale: spoken as 'en' }) : problemSaid(outcome, spoken)
}

/** What was done and what was not, with the reasons; where it went out, the page on which it can be undone. @param titles by item, of what she may read */
export function drawOutcomes(became: readonly Became<{ itemId: string; lang?: string }>[], doing: Together, titles: ReadonlyMap<string, string>, spoken: Lang) {
  // What is not hers to read is not named, not even by its place in the list.
  const hers = became.filter(({ of }) => titles.has(of.itemId))
  const said = ({ of }: (typeof hers)[number]) => ({ title: titles.get(of.itemId)!, language: of.lang === undefined ? null : languageName(of.lang, spoken), path: of.lang === undefined ? null : `/desk/media/${of.itemId}/publish#text-${of.lang}` })
  return {
    done: hers.filter(({ outcome }) => outcome === null).map(said),
    left: hers.flatMap((one) => (one.outcome === null ? [] : [{ ...said(one), why: why(one.outcome, one.reference ?? '', doing, spoken) }])),
  }
}
