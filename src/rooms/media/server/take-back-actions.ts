import { sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import { NotAsWritten } from '#kernel/export/not-as-written.ts'
import type { Lang } from '#kernel/language/language.ts'
import { takeBackPicture } from '#kernel/pictures/server/exported-pictures.ts'
import type { ExportedItem } from '#rooms/media/export/exported-item.ts'
import type { ExportedRevision } from '#rooms/media/export/exported-text.ts'
import { takeBackConsents } from '#rooms/media/server/consent-take-back-actions.ts'
import { announceItem, lockItem, noteDraft } from '#rooms/media/server/item-actions.ts'
import { keepNewer, takeBackNewText, type TakenBackText } from '#rooms/media/server/take-back-text-actions.ts'
import { takeBackPublications } from '#rooms/media/server/take-back-publication-actions.ts'
import { obstacleToRedirect } from '#rooms/media/old-address.ts'

export interface TakingBack {
  item: ExportedItem
  /** Of each language, oldest first. */
  revisions: ReadonlyMap<Lang, ExportedRevision[]>
  /** Names the files that it shows. */
  nameFiles(tx: Tx, now: Temporal.Instant): Promise<void>
  /** Readers see again what they saw, at the hours that were planned: in the house of the export, or by `--publish`. */
  asItWas: boolean
  publish: boolean
  zone: string
}

export interface TakenBack {
  texts: (TakenBackText & { lang: Lang })[]
  notes: string[]
}

/**
 * An item of an export: what is not here comes as it was, with its ids. What people wrote here since stays as it is, and what
 * was withdrawn here stays withdrawn. The same again changes nothing.
 */
export async function takeBackItem(tx: Tx, taking: TakingBack, actor: string, now: Temporal.Instant): Promise<TakenBack> {
  const { item } = taking
  // Two imports of one export at once take turns; else the second would fail on the first one's ids.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`item:${item.id}`}, 0))`.execute(tx)
  if (!(await lockItem(tx, item.id))) await insertItem(tx, item)
  await taking.nameFiles(tx, now)
  for (const picture of item.pictures) await takeBackPicture(tx, picture)
  const notes: string[] = []
  const texts: TakenBack['texts'] = []
  for (const [lang, revisions] of taking.revisions) {
    const isHere = await tx.selectFrom('revision').select('id').where('itemId', '=', item.id).where('lang', '=', lang).limit(1).executeTakeFirst()
    const text = isHere ? await keepNewer(tx, taking, lang, revisions, notes, actor, now) : await takeBackNewText(tx, item, lang, revisions, notes, actor, now)
    const isShown = taking.asItWas && (await takeBackPublications(tx, item, lang, revisions, notes))
    await noteDraft(tx, item.id, lang)
    texts.push({ ...text, lang, isPublished: text.isPublished || isShown })
  }
  await takeBackConsents(tx, item.id, item.consents, actor, now)
  const isChanged = texts.some(({ what, isPublished }) => isPublished || !['unchanged', 'withdrawn'].includes(what))
  const led = await takeBackRedirects(tx, item, notes)
  await rememberImports(tx, item)
  if (isChanged || led) {
    await record(tx, { actor, act: 'take-back-item', subject: `item:${item.id}`, detail: { langs: texts.map(({ lang }) => lang) } }, now)
    await announceItem(tx, item.id)
  }
  return { texts, notes }
}

async function insertItem(tx: Tx, { id, kind, originalLang, createdAt, isStarter, source, sourceKey, writtenIn, starterDecision }: ExportedItem): Promise<void> {
  if (source !== null) {
    const other = await tx.selectFrom('item').select('id').where('source', '=', source).where('sourceKey', '=', sourceKey).executeTakeFirst()
    if (other) throw new NotAsWritten(`it was imported here from the same place before (item ${other.id}), and that stays as it is`)
  }
  // An organisation that did not come along writes nothing here, and nobody keeps what came: its people are another house's.
  const here = writtenIn === null ? null : sql<string>`(select o.id from organisation o where o.id = ${writtenIn})`
  await tx.insertInto('item').values({ id, kind, originalLang, createdAt, isStarter, source, sourceKey, keptBy: null, writtenIn: here }).execute()
  if (starterDecision) await tx.insertInto('starterDecision').values({ itemId: id, ...starterDecision }).execute()
}

async function takeBackRedirects(tx: Tx, item: ExportedItem, notes: string[]): Promise<boolean> {
  let isNew = false
  for (const { address, lang, createdAt } of item.redirects) {
    if (obstacleToRedirect(address, { itemId: item.id, lang })) throw new NotAsWritten(`its old address “${address.slice(0, 100)}” is an address of this site`)
    const kept = await tx.insertInto('redirect').values({ address, itemId: item.id, lang, ownPath: null, createdAt }).onConflict((oc) => oc.doNothing()).returning('address').executeTakeFirst()
    isNew ||= kept !== undefined
    if (!kept && !(await leadsTo(tx, address, item.id))) notes.push(`its old address ${address} leads to another text here already`)
  }
  return isNew
}

async function leadsTo(tx: Tx, address: string, itemId: string): Promise<boolean> {
  return (await tx.selectFrom('redirect').select('itemId').where('address', '=', address).executeTakeFirst())?.itemId === itemId
}

/** So that an import of the site that it came from knows it again here too. */
async function rememberImports(tx: Tx, { id: itemId, imported }: ExportedItem): Promise<void> {
  for (const { revisionId, ...one } of imported) {
    const known = revisionId && (await tx.selectFrom('revision').select('id').where('id', '=', revisionId).executeTakeFirst())
    await tx.insertInto('importedText').values({ ...one, itemId, revisionId: known ? revisionId : null }).onConflict((oc) => oc.doNothing()).execute()
  }
}

/**
 * Withdrawals lead on to texts that may come later in an export than what they took the place of: so this is done when all is in.
 * A text that is not here is led to by none.
 */
export async function takeBackReplacements(tx: Tx, replacements: readonly { withdrawalId: string; itemId: string; replacedBy: string }[]): Promise<void> {
  for (const { withdrawalId, itemId, replacedBy } of replacements) {
    const led = await tx.updateTable('withdrawal').set({ replacedBy }).where('id', '=', withdrawalId).where('itemId', '=', itemId).where('replacedBy', 'is', null)
      .where(({ exists, selectFrom }) => exists(selectFrom('item').select('id').where('id', '=', replacedBy))).returning('id').executeTakeFirst()
    if (led) await announceItem(tx, itemId)
  }
}
