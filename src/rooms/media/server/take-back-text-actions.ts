import '#rooms/media/server/tables.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import { newId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { ExportedItem } from '#rooms/media/export/exported-item.ts'
import type { ExportedRevision } from '#rooms/media/export/exported-text.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import { createItem, giveSlug, hashOf, saveRevision, writeRevision } from '#rooms/media/server/item-actions.ts'
import { isWithdrawn, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { slugOf } from '#rooms/media/slug.ts'

export interface TakenBackText {
  slug: string
  title: string
  what: 'new' | 'changed' | 'unchanged' | 'withdrawn' | 'beside'
  isPublished: boolean
}

/** Where changed words come from, as it stands with the item that they make beside another. */
const SOURCE = 'altavoz-export'

const hashNow = ({ kind, lang, words, frozen }: ExportedRevision) => hashOf(kind, lang, words, frozen)
/** Whether somebody changed it in the folder: its hash is of other words. */
const isEdited = (revision: ExportedRevision) => hashNow(revision) !== revision.hash

/** Organisations agreed to exactly what they signed: changed words are not signed by them. */
function unsigned(revision: ExportedRevision): ExportedRevision {
  const frozen: Frozen = { ...revision.frozen, signers: revision.frozen.signers.filter(({ organisationId }) => organisationId === null) }
  const changed = { ...revision, frozen }
  return { ...changed, hash: hashNow(changed) }
}

/** A language that the item does not have here: its addresses, every revision, corrections and withdrawals, as they were. */
export async function takeBackNewText(
  tx: Tx, item: ExportedItem, lang: Lang, revisions: readonly ExportedRevision[], notes: string[], actor: string, now: Temporal.Instant,
): Promise<TakenBackText> {
  const newest = revisions.at(-1)!
  const slug = await takeBackSlugs(tx, item, lang, newest, notes, now)
  await writeRevisions(tx, item.id, revisions.slice(0, -1))
  if (!isEdited(newest)) await writeRevisions(tx, item.id, [newest])
  else {
    await writeRevision(tx, { ...withoutKind(unsigned(newest)), id: newId(), itemId: item.id, createdAt: now, createdBy: actor })
    notes.push(`the words of ${lang} were changed in the folder: they come as a draft that no organisation signed`)
  }
  const corrections = item.corrections.filter((one) => one.lang === lang)
  if (corrections.length > 0) await tx.insertInto('itemCorrection').values(corrections.map((one) => ({ ...one, itemId: item.id }))).execute()
  const withdrawals = item.withdrawals.filter((one) => one.lang === lang)
  if (withdrawals.length > 0) await tx.insertInto('withdrawal').values(withdrawals.map((one) => ({ ...one, replacedBy: null, itemId: item.id }))).execute()
  return { slug, title: newest.words.title, what: 'new', isPublished: false }
}

/** A text in a language that the item has here: what is newer there comes as a revision; what is newer here stays. */
export async function keepNewer(
  tx: Tx, { item, publish, zone }: { item: ExportedItem; publish: boolean; zone: string }, lang: Lang, revisions: readonly ExportedRevision[], notes: string[], actor: string, now: Temporal.Instant,
): Promise<TakenBackText> {
  const exported = revisions.at(-1)!
  const newest = isEdited(exported) ? unsigned(exported) : exported
  const here = await tx.selectFrom('revision').select(['id', 'hash', 'number']).where('itemId', '=', item.id).where('lang', '=', lang).orderBy('number').execute()
  const [latest, slug] = [here.at(-1)!, await giveSlug(tx, item.id, lang, slugOf(newest.words.title), now)]
  const about = { slug, title: newest.words.title, isPublished: false }
  const isHere = here.some(({ id, hash }) => hash === newest.hash || (id === exported.id && !isEdited(exported)))
  const wasWithdrawn = item.withdrawals.some((one) => one.lang === lang)
  if (await isWithdrawn(tx, item.id, lang)) {
    if (!isHere) notes.push(`/${lang}/media/${slug} was withdrawn here and stays withdrawn`)
    return { ...about, what: isHere ? 'unchanged' : 'withdrawn' }
  }
  if (wasWithdrawn) notes.push(`it was withdrawn where the export was made, and stands here still: bin/altavoz withdraw /${lang}/media/${slug}`)
  if (isHere) return { ...about, what: 'unchanged' }
  const known = new Set(here.map(({ id }) => id))
  const isAhead = isEdited(exported) ? latest.id === exported.id : revisions.some(({ id }) => id === latest.id)
  if (!isAhead) return keepBeside(tx, item, newest, about, notes, actor, now)
  if (isEdited(exported)) {
    const { revisionId } = await saveRevision(tx, item.id, lang, newest.words, newest.frozen, actor, now)
    return { ...about, what: 'changed', isPublished: publish && (await publishIt(tx, item.id, lang, revisionId, zone, actor, now)) }
  }
  await writeRevisions(tx, item.id, revisions.filter(({ id }) => !known.has(id)))
  return { ...about, what: 'changed', isPublished: publish && (await publishIt(tx, item.id, lang, exported.id, zone, actor, now)) }
}

async function publishIt(tx: Tx, itemId: string, lang: Lang, revisionId: string, zone: string, actor: string, now: Temporal.Instant): Promise<boolean> {
  return (await publishRevision(tx, { itemId, lang, revisionId, from: now, zone }, actor, now)).published
}

async function keepBeside(
  tx: Tx, item: ExportedItem, newest: ExportedRevision, original: Pick<TakenBackText, 'slug' | 'title'>, notes: string[], actor: string, now: Temporal.Instant,
): Promise<TakenBackText> {
  const { lang, words, hash, frozen } = unsigned(newest)
  const origin = { source: SOURCE, key: `${item.id} ${lang} beside ${hash}` }
  const before = await tx.selectFrom('item').select('id').where('source', '=', origin.source).where('sourceKey', '=', origin.key).executeTakeFirst()
  const itemId = before?.id ?? (await createItem(tx, { kind: item.kind, originalLang: lang, origin }, actor, now))
  const slug = await giveSlug(tx, itemId, lang, slugOf(words.title), now)
  if (!before) await saveRevision(tx, itemId, lang, words, frozen, actor, now)
  notes.push(`it changed there and here: what came is a draft at /${lang}/media/${slug}, beside /${lang}/media/${original.slug}, which stays as people wrote it`)
  return { slug, title: original.title, what: before ? 'unchanged' : 'beside', isPublished: false }
}

/** Every address that it had. One that is another text's here stays there; the newest then gets a number. */
async function takeBackSlugs(tx: Tx, item: ExportedItem, lang: Lang, newest: ExportedRevision, notes: string[], now: Temporal.Instant): Promise<string> {
  const slugs = item.slugs.filter((one) => one.lang === lang)
  for (const one of slugs) {
    const given = await tx.insertInto('itemSlug').values({ ...one, itemId: item.id }).onConflict((oc) => oc.doNothing()).returning('slug').executeTakeFirst()
    if (!given && !one.isCurrent) notes.push(`/${lang}/media/${one.slug}, where it stood before, is another text’s here`)
  }
  const wished = slugs.find(({ isCurrent }) => isCurrent)?.slug ?? slugOf(newest.words.title)
  const slug = await giveSlug(tx, item.id, lang, wished, now)
  if (slug !== wished) notes.push(`/${lang}/media/${wished} is another text’s here: it stands at /${lang}/media/${slug}`)
  return slug
}

async function writeRevisions(tx: Tx, itemId: string, revisions: readonly ExportedRevision[]): Promise<void> {
  for (const revision of revisions) {
    if (isEdited(revision)) throw new NotAsWritten(`its revision ${revision.lang} ${revision.number} has other words than those of its hash; only the newest text of a language may be changed in the folder`)
    await writeRevision(tx, { ...withoutKind(revision), itemId })
  }
}

const withoutKind = ({ kind: _, ...revision }: ExportedRevision) => revision
