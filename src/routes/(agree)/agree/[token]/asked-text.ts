import { m } from '#kernel/language/m.ts'
import { siteName } from '#kernel/site/site.ts'
import { formatInstant, formatInstantDay } from '#kernel/when/phrase.ts'
import { type Block, blocksOf, type ChangedBlock, differenceOf } from '#rooms/media/agreed-difference.ts'
import { canonicalText, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { findNewestWords, listAnswersBy } from '#rooms/media/server/agreement-queries.ts'
import { type DeskRevision, findDeskItem, findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import type { Asked } from '../../asked.ts'

type At = Pick<App.Locals, 'house' | 'now' | 'lang'>

export interface AskedText {
  lang: string
  blocks: Block[]
  total: number
  /** Null while she said nothing of another text before: then the whole is shown. */
  since: { day: string; changed: ChangedBlock[]; isChangedBeside: boolean } | null
}

/** What a link asks about, by the revision that it is tied to. */
export async function textOf({ house, now, lang }: At, ask: Asked): Promise<AskedText> {
  const db = house.db.read
  const item = (await findDeskItem(db, ask.itemId, now))!
  const revision = (await findRevision(db, ask.itemId, item.originalLang, ask.revisionId))!
  const blocks = blocksOf(revision)
  // Silence and a no are nothing to build on: who said neither yes nor yes, if reads the whole.
  const before = (await listAnswersBy(db, ask)).find(({ hash, answer }) => hash !== ask.hash && answer !== 'declined')
  const base = before && (await findRevision(db, ask.itemId, item.originalLang, before.revisionId))
  const { zone } = await house.site.get()
  return {
    lang: item.originalLang, blocks, total: blocks.filter(({ number }) => number !== null).length,
    since: base ? { day: formatInstantDay(before.at, lang, zone), changed: differenceOf(blocksOf(base), blocks), isChangedBeside: beside(base) !== beside(revision) } : null,
  }
}

const NO_WORDS = { title: '', teaser: '', bodyMarkdown: '' }
/** All that was agreed to besides the words. */
const beside = ({ lang, frozen }: DeskRevision) => canonicalText('news', lang, NO_WORDS, { ...NOTHING_FROZEN, ...frozen, signers: [] })

export const isStillAsked = async ({ house }: At, { itemId, hash }: Asked): Promise<boolean> => (await findNewestWords(house.db.read, itemId))?.hash === hash

/** Who asks, for whom, until when: in sentences. */
export async function askedIn({ house, now, lang }: At, ask: Asked): Promise<{ organisation: string; asked: string; answersFor: string; deadline: string | null }> {
  const db = house.db.read
  const site = await house.site.get()
  const spoken = { locale: lang as 'en' }
  const nameOf = async (id: string) => nameIn((await findOrganisation(db, id))!.texts, lang).text
  const { writtenIn } = (await findDeskItem(db, ask.itemId, now))!
  const organisation = await nameOf(ask.organisationId)
  return {
    organisation,
    asked: m.agr_asked({ asker: writtenIn === null ? siteName(site, lang).name : await nameOf(writtenIn), day: formatInstantDay(ask.askedAt, lang, site.zone) }, spoken),
    answersFor: m.agr_for({ organisation }, spoken),
    deadline: ask.deadline && m.agr_by({ moment: formatInstant(ask.deadline, lang, site.zone) }, spoken),
  }
}

