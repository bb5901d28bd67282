import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { hasConflict, mergeTexts, type Piece, textOfPieces } from '#kernel/words/merge.ts'
import { withPlainLineEnds } from '#kernel/words/paragraphs.ts'
import { type Frozen, NOTHING_FROZEN, type Words } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { type DeskRevision, findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { createItem, saveRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn } from '#rooms/media/server/publication-actions.ts'
import { type Following, followSource, noteMachine } from '#rooms/media/server/translation-actions.ts'
import { isMarkedByMachine } from '#rooms/media/server/translation-queries.ts'
import { takeOutWorkedOn } from '#rooms/media/server/trash-actions.ts'
import { forgetTyping } from '#rooms/media/server/typing-actions.ts'
import { writesFor } from '#rooms/media/writing.ts'
import { LONGEST_CREDIT, problemsOf } from '#rooms/media/writing-form.ts'

export interface NewText {
  kind: Kind
  lang: Lang
  /** The organisation that writes it; null for the alliance. */
  writtenIn: string | null
  words: Words
  /** Whose words they are until others sign: the name of who writes it. */
  issuedBy: string | null
}

/** Begins an item with its first text, kept by who begins it. @param who with the duties as they stand, held until the act is done */
export async function beginText(tx: Tx, who: OnDuty, { kind, lang, writtenIn, words, issuedBy }: NewText, now: Temporal.Instant): Promise<string | 'not-found'> {
  if (!writesFor(who, lang).includes(writtenIn)) return 'not-found'
  const itemId = await createItem(tx, { kind, originalLang: lang, keptBy: who.id, ...(writtenIn !== null && { writtenIn }) }, who.id, now)
  await saveRevision(tx, itemId, lang, words, { ...NOTHING_FROZEN, issuedBy }, who.id, now)
  return itemId
}

export interface Typed extends Words {
  /** The revision that she began from; null where the language had no text. */
  baseId: string | null
}

/** How she settled what both had changed: against which revision it was drawn, and her text for each conflict, in their order. */
export interface Settled {
  theirsId: string
  texts: readonly string[]
}

/** What she says of a translation beside its words. */
export interface Translating extends Following {
  /** A machine made it. */
  byMachine: boolean
  /** Who translated it, as they wish to be named; '' names nobody. Left out, it stays as it is. */
  credit?: string
}

export const FIELDS = ['title', 'teaser', 'bodyMarkdown'] as const
export type Joined = Record<(typeof FIELDS)[number], Piece[]>

export type Saving =
  /** `joined`: somebody else had saved meanwhile, and both stand in it now. `unsigned`: how many signed the text as it was. */
  | { saved: true; revisionId: string; isNew: boolean; joined: boolean; unsigned: number }
  | { saved: false; obstacle: 'withdrawn' | 'no-base' | 'too-long' }
  /** Both changed the same place: the revision that stands now, and the texts with what has to be settled. */
  | { saved: false; obstacle: 'conflict'; theirsId: string; joined: Joined }

/**
 * Saves what somebody typed. What was saved since she began is joined with it or asked about, and never written over. Organisations
 * agreed to exactly what they signed, so a changed text does not name them. The caller has locked the item.
 * @param translating left out, it follows what it did
 */
export async function saveTyped(tx: Tx, itemId: string, originalLang: Lang, lang: Lang, typed: Typed, settled: Settled | undefined, actor: string, now: Temporal.Instant, translating?: Translating): Promise<Saving> {
  if (await isWithdrawn(tx, itemId, lang)) return { saved: false, obstacle: 'withdrawn' }
  const newest = await findRevision(tx, itemId, lang)
  const base = typed.baseId === null ? undefined : await findRevision(tx, itemId, lang, typed.baseId)
  if (typed.baseId !== null && !base) return { saved: false, obstacle: 'no-base' }
  const joined = await joinedWith(tx, itemId, lang, { base, newest, typed, settled })
  if (FIELDS.some((field) => hasConflict(joined[field]))) return { saved: false, obstacle: 'conflict', theirsId: newest!.id, joined }
  const words = { title: textOfPieces(joined.title).replaceAll('\n', ' '), teaser: textOfPieces(joined.teaser), bodyMarkdown: textOfPieces(joined.bodyMarkdown) }
  // What was settled and joined is held to the same limits as what is typed.
  if (problemsOf(words).length > 0) return { saved: false, obstacle: 'too-long' }
  if ((translating?.credit ?? '').length > LONGEST_CREDIT) return { saved: false, obstacle: 'too-long' }
  await forgetTyping(tx, itemId, lang, actor)
  // A revision of another text is nothing that this one could follow.
  const following = translating && lang !== originalLang && (await findRevision(tx, itemId, originalLang, translating.sourceId)) ? translating : undefined
  const says = async (revisionId: string) => {
    if (following?.byMachine) await noteMachine(tx, { itemId, lang, revisionId }, actor, now)
  }
  // It may have been said of it before versions held the word.
  const byMachine = following?.byMachine === true || (newest !== undefined && newest.frozen.byMachine !== true && (await isMarkedByMachine(tx, itemId, lang, newest.id)))
  // Readers are told of both for as long as the text stands, so both are frozen with it.
  const credited = (frozen: Frozen): Frozen => {
    const marked: Frozen = byMachine ? { ...frozen, byMachine: true } : frozen
    if (following?.credit === undefined) return marked
    const { translator: _, ...rest } = marked
    return following.credit === '' ? rest : { ...rest, translator: following.credit }
  }
  const isCreditedSo = newest === undefined || ((newest.frozen.translator ?? '') === (following?.credit ?? newest.frozen.translator ?? '') && (newest.frozen.byMachine === true || !byMachine))
  if (newest && isCreditedSo && FIELDS.every((field) => newest[field] === words[field])) {
    if (following?.isFollowing) await followSource(tx, { itemId, lang, revisionId: newest.id, sourceId: following.sourceId }, actor, now)
    await says(newest.id)
    return { saved: true, revisionId: newest.id, isNew: false, joined: newest.id !== typed.baseId, unsigned: 0 }
  }
  const before = newest?.frozen ?? await frozenOfFirst(tx, itemId, originalLang)
  const signers = before.signers.filter(({ organisationId }) => organisationId === null)
  const saved = await saveRevision(tx, itemId, lang, words, credited({ ...before, signers }), actor, now, following)
  await says(saved.revisionId)
  if (saved.isNew) await takeOutWorkedOn(tx, itemId, actor, now)
  return { saved: true, ...saved, joined: (newest?.id ?? null) !== typed.baseId, unsigned: newest ? before.signers.length - signers.length : 0 }
}

async function joinedWith(tx: Tx, itemId: string, lang: Lang, at: { base: DeskRevision | undefined; newest: DeskRevision | undefined; typed: Typed; settled: Settled | undefined }): Promise<Joined> {
  const { newest, settled } = at
  let base: Words | undefined = at.base
  let mine: Words = ownWords(at.typed, at.base)
  const seen = settled && (await findRevision(tx, itemId, lang, settled.theirsId))
  if (settled && seen) {
    // She settled it against what stood then; if more was saved meanwhile, that is joined with what she settled on.
    const then = joinFields(base, seen, mine)
    const left = [...settled.texts.map(withPlainLineEnds)]
    const conflicts = (pieces: Piece[]) => left.splice(0, pieces.filter((piece) => 'conflict' in piece).length)
    mine = { title: textOfPieces(then.title, conflicts(then.title)), teaser: textOfPieces(then.teaser, conflicts(then.teaser)), bodyMarkdown: textOfPieces(then.bodyMarkdown, conflicts(then.bodyMarkdown)) }
    base = seen
  }
  return joinFields(base, newest, mine)
}

const NO_WORDS: Words = { title: '', teaser: '', bodyMarkdown: '' }
function joinFields(base: Words = NO_WORDS, theirs: Words = NO_WORDS, mine: Words): Joined {
  const join = (field: keyof Words) => mergeTexts(base[field], theirs[field], mine[field])
  return { title: join('title'), teaser: join('teaser'), bodyMarkdown: join('bodyMarkdown') }
}

/** What a form did to the ends of lines is no change: a text that nobody touched keeps its bytes. */
function ownWords(typed: Words, base: Words | undefined): Words {
  const own = (field: keyof Words) => {
    const plain = withPlainLineEnds(typed[field])
    return base && withPlainLineEnds(base[field]) === plain ? base[field] : plain
  }
  return { title: own('title').replaceAll('\n', ' '), teaser: own('teaser'), bodyMarkdown: own('bodyMarkdown') }
}

/** A new language begins with what its source shows, but for what is in the source's own words: who credits a picture's text is asked anew. */
async function frozenOfFirst(tx: Tx, itemId: string, originalLang: Lang): Promise<Frozen> {
  const source = await findRevision(tx, itemId, originalLang)
  if (!source) return NOTHING_FROZEN
  const { picture: _picture, translator: _translator, byMachine: _byMachine, files: _files, doubt: _doubt, byline: _byline, ...shared } = source.frozen
  return { ...shared, doubt: null }
}

/** What a text is about, beside its words. */
export type Facts = Pick<Frozen, 'when' | 'dateOf' | 'regions' | 'topics'>
export const factsOf = ({ when, dateOf, regions, topics }: Frozen): Facts => ({ when, dateOf, regions, topics })

/**
 * Says what an item is about, in each of the languages at once: the facts are the same in all of them.
 * @param drawn the facts as they stood when the form was drawn, as `JSON.stringify(factsOf(…))`
 * @returns in how many languages something changed; or the facts as they stand, which somebody else stated meanwhile
 */
export async function stateFacts(tx: Tx, itemId: string, langs: readonly Lang[], facts: Facts, drawn: string, actor: string, now: Temporal.Instant): Promise<{ changed: number } | { stands: string } | 'not-found'> {
  const revisions: DeskRevision[] = []
  for (const lang of langs) {
    const newest = await findRevision(tx, itemId, lang)
    if (newest && !(await isWithdrawn(tx, itemId, lang))) revisions.push(newest)
  }
  if (revisions.length === 0) return 'not-found'
  const stands = JSON.stringify(factsOf(revisions[0]!.frozen))
  if (stands !== drawn) return { stands }
  let changed = 0
  for (const { lang, title, teaser, bodyMarkdown, frozen } of revisions) {
    if (JSON.stringify(factsOf(frozen)) === JSON.stringify(facts)) continue
    const signers = frozen.signers.filter(({ organisationId }) => organisationId === null)
    const { isNew, revisionId } = await saveRevision(tx, itemId, lang, { title, teaser, bodyMarkdown }, { ...frozen, ...facts, signers }, actor, now)
    if (!isNew) continue
    changed++
    await record(tx, { actor, act: 'state-facts', subject: `item:${itemId}`, detail: { lang, revisionId } }, now)
  }
  return { changed }
}
