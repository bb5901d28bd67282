import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import { obstacleToGoingOut } from '#rooms/media/agreement.ts'
import type { Signer } from '#rooms/media/item.ts'
import { agreementHash, agreementState, findNewestWords, listAgreedSigners, listSigners } from '#rooms/media/server/agreement-queries.ts'
import { isClaimed } from '#rooms/media/server/claim-queries.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { saveRevision } from '#rooms/media/server/item-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { isMarkedByMachine } from '#rooms/media/server/translation-queries.ts'

/** Names organisations as they are called now, and leaves out who does not agree to be shown: another room knows. The rows stay locked. */
export type NameSigners = (tx: Tx, organisationIds: readonly string[], lang: Lang) => Promise<Signer[]>

/**
 * Which organisations sign a text if it goes out now: those that agreed to exactly these words. A translation is signed by whom its
 * source is, which readers see or will see, while they stand by it; they are not asked again. Of a source that was taken down nobody is named. `unasked`: nobody is to sign it, and it stays as it is.
 */
export async function listSigningNow(db: ReadDb, itemId: string, lang: Lang, originalLang: Lang, now: Temporal.Instant): Promise<string[] | 'unasked' | 'waits-for-signers'> {
  if ((await listSigners(db, itemId)).length === 0) return 'unasked'
  if (lang !== originalLang) {
    const [source] = await listTextStandings(db, itemId, now, originalLang)
    if (source?.isWithdrawn) return []
    const shown = source?.here ?? source?.waiting
    const revision = shown && (await findRevision(db, itemId, originalLang, shown.revisionId))
    if (revision) {
      // Who said no or was left out since is not named anew.
      const { title, teaser, bodyMarkdown, frozen } = revision
      const { kind } = await db.selectFrom('item').select('kind').where('id', '=', itemId).executeTakeFirstOrThrow()
      const still = await listAgreedSigners(db, itemId, agreementHash(kind, originalLang, { title, teaser, bodyMarkdown }, frozen))
      return frozen.signers.flatMap(({ organisationId }) => (organisationId !== null && still.includes(organisationId) ? organisationId : []))
    }
  }
  const obstacle = obstacleToGoingOut(await agreementState(db, itemId, now))
  return obstacle ?? listAgreedSigners(db, itemId, (await findNewestWords(db, itemId))?.hash ?? '')
}

/** Whether the newest text of a language names others than those who sign it now: then it goes out anew, with their names alone. */
export async function isSignedOtherwise(db: ReadDb, itemId: string, lang: Lang, signing: Awaited<ReturnType<typeof listSigningNow>>): Promise<boolean> {
  if (!Array.isArray(signing)) return false
  const named = (await findRevision(db, itemId, lang))?.frozen.signers.flatMap(({ organisationId }) => organisationId ?? []) ?? []
  return new Set(signing).symmetricDifference(new Set(named)).size > 0
}

/**
 * Puts the names of those who sign now on the newest text of a language, as a new revision where they are not there yet; and that a machine
 * translated it, where that was said before versions held the word. The caller has locked the item. @param signing of `listSigningNow`
 * @returns the newest revision
 */
export async function signAsAgreed(tx: Tx, itemId: string, lang: Lang, signing: string[] | 'unasked', nameSigners: NameSigners, actor: string, now: Temporal.Instant): Promise<string> {
  const { id, frozen, title, teaser, bodyMarkdown } = (await findRevision(tx, itemId, lang))!
  // What organisations approved in this very language stays as they saw it.
  const isUntold = frozen.byMachine !== true && !(await isClaimed(tx, itemId, lang)) && (await isMarkedByMachine(tx, itemId, lang, id))
  if (signing === 'unasked' && !isUntold) return id
  const named = signing === 'unasked' ? frozen.signers.filter(({ organisationId }) => organisationId !== null) : await nameSigners(tx, signing, lang)
  const signers = [...frozen.signers.filter(({ organisationId }) => organisationId === null), ...named]
  const saved = await saveRevision(tx, itemId, lang, { title, teaser, bodyMarkdown }, { ...frozen, signers, ...(isUntold && { byMachine: true as const }) }, actor, now)
  if (saved.isNew && signing !== 'unasked') await record(tx, { actor, act: 'sign-text', subject: `item:${itemId}`, detail: { lang, revisionId: saved.revisionId, organisationIds: named.map(({ organisationId }) => organisationId) } }, now)
  return saved.revisionId
}
