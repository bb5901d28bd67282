import type { ReadDb } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import { listOf } from '#kernel/language/numbers.ts'
import { placeName } from '#kernel/place/place.ts'
import { siteName } from '#kernel/site/site.ts'
import { barePhrase, formatInstant, formatInstantDay } from '#kernel/when/phrase.ts'
import { parseWhen } from '#kernel/when/when.ts'
import { type Block, blocksOf, type ChangedBlock, differenceOf } from '#rooms/media/agreed-difference.ts'
import { canonicalText, NOTHING_FROZEN } from '#rooms/media/frozen.ts'
import { findNewestWords, listAnswersBy } from '#rooms/media/server/agreement-queries.ts'
import { shownHere } from '#rooms/media/server/consent-export-queries.ts'
import { type DeskRevision, findDeskItem, findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { listTopics } from '#rooms/media/server/topic-queries.ts'
import { findFollowed } from '#rooms/media/server/translation-queries.ts'
import { topicNamed } from '#rooms/media/topic.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { findOrganisation } from '#rooms/people/server/organisation-queries.ts'
import type { Asked } from '../../asked.ts'

type At = Pick<App.Locals, 'house' | 'now' | 'lang'>

export interface AskedText {
  lang: string
  blocks: Block[]
  total: number
  /** What it is a translation of; null for the source itself. */
  original: { lang: string; title: string; html: string[] } | null
  /** All that a yes is also to, besides the words, as readers are told it. */
  beside: { label: string; said: string }[]
  /** Null while she said nothing of another text before: then the whole is shown. */
  since: { day: string; changed: ChangedBlock[]; isChangedBeside: boolean } | null
}

/** What a link asks about, by the revision that it is tied to. */
export async function textOf({ house, now, lang }: At, ask: Asked): Promise<AskedText> {
  const db = house.db.read
  const revision = (await findRevision(db, ask.itemId, ask.textLang, ask.revisionId))!
  const blocks = blocksOf(revision)
  // Silence and a no are nothing to build on: who said neither yes nor yes, if reads the whole.
  const before = (await listAnswersBy(db, ask)).find(({ lang: told, hash, answer }) => told === ask.textLang && hash !== ask.hash && answer !== 'declined')
  const base = before && (await findRevision(db, ask.itemId, ask.textLang, before.revisionId))
  const { zone } = await house.site.get()
  return {
    lang: ask.textLang, blocks, original: await originalOf(db, ask), total: blocks.filter(({ number }) => number !== null).length, beside: await besideSaid(db, { ...revision, frozen: await shownHere(db, ask.itemId, revision.frozen, now) }, lang),
    since: base ? { day: formatInstantDay(before.at, lang, zone), changed: differenceOf(blocksOf(base), blocks), isChangedBeside: beside(base) !== beside(revision) } : null,
  }
}

/** The source as the translation follows it, to be read beside it. */
async function originalOf(db: ReadDb, { itemId, textLang: lang, originalLang }: Asked): Promise<AskedText['original']> {
  const followed = lang === originalLang ? undefined : await findFollowed(db, itemId, lang)
  const source = followed?.sourceId ? await findRevision(db, itemId, originalLang, followed.sourceId) : undefined
  return source ? { lang: originalLang, title: source.title, html: blocksOf(source).filter(({ kind }) => kind !== 'title').map((block) => asBeside(block.kind === 'teaser' ? `<p>${block.html}</p>` : block.html)) } : null
}

/** Of two texts on one page only one has the places that its notes lead to. */
const asBeside = (html: string) => html.replace(/<[^>]+>/g, (tag) => tag.replace(/ (?:id="[^"]*"|href="#[^"]*")/g, ''))

/** In the reader's language; names and titles as they stand. */
async function besideSaid(db: ReadDb, { frozen }: DeskRevision, lang: Lang): Promise<AskedText['beside']> {
  const spoken = { locale: lang as 'en' }
  const when = parseWhen(frozen.when)
  const topics = frozen.topics.length > 0 ? await listTopics(db) : []
  const topicNames = frozen.topics.map((key) => topicNamed(topics.find((one) => one.key === key) ?? { key, names: {} }, lang).name)
  const rows: [string, string][] = [
    [m.item_when({}, spoken), when && frozen.when !== '' ? barePhrase(when, lang) : ''], [m.item_region({}, spoken), listOf(frozen.regions.map(({ place }) => placeName(place, lang).text), lang)],
    [m.item_topics({}, spoken), listOf(topicNames, lang)], [m.agr_issuer({}, spoken), frozen.issuedBy ?? ''], [m.agr_author({}, spoken), frozen.byline ?? ''], [m.item_doubt({}, spoken), frozen.doubt ?? ''],
    [m.item_sources({}, spoken), listOf(frozen.sources.map(({ title }) => title), lang)], [m.agr_picture({}, spoken), frozen.picture ? [frozen.picture.alt, frozen.picture.credit].filter(Boolean).join(', ') : ''],
    [m.item_files({}, spoken), listOf((frozen.files ?? []).map(({ title }) => title), lang)],
  ]
  return rows.filter(([, said]) => said !== '').map(([label, said]) => ({ label, said }))
}

const NO_WORDS = { title: '', teaser: '', bodyMarkdown: '' }
/** All that was agreed to besides the words. */
const beside = ({ lang, frozen }: DeskRevision) => canonicalText('news', lang, NO_WORDS, { ...NOTHING_FROZEN, ...frozen, signers: [] })

export const isStillAsked = async ({ house }: At, { itemId, textLang, hash, isGivenBack }: Asked): Promise<boolean> => !isGivenBack && (await findNewestWords(house.db.read, itemId, textLang))?.hash === hash

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

