import '#rooms/media/server/tables.ts'
import { record } from '#kernel/audit/server/audit.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { LibraryDocument, LibraryFile } from '#rooms/media/library.ts'
import { findRevision } from '#rooms/media/server/desk-item-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { listUses } from '#rooms/media/server/library-queries.ts'
import { publishRevision } from '#rooms/media/server/publication-actions.ts'
import { changeShown } from '#rooms/media/server/shown-actions.ts'
import { listTextStandings } from '#rooms/media/server/text-standing-queries.ts'
import { fileName, type ShownFile } from '#rooms/media/shown.ts'
import { mayPublish, mayRead, mayWrite } from '#rooms/media/writing.ts'

const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf', 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a', 'video/mp4': 'mp4', 'video/webm': 'webm', 'audio/ogg': 'ogg', 'audio/wav': 'wav' }

/** A revision that shows a file of the library: its picture, or one file more. What it shows is said in the text's language, or not at all. */
export function withFile(frozen: Frozen, { what, alts, credit, licence, name }: LibraryFile, lang: Lang): Frozen {
  if (what.kind === 'picture') {
    const { pictureId, inPage, large } = what.shown
    return { ...frozen, pictureId, picture: { alt: alts[lang] ?? '', credit: credit || null, licence: licence || null, inPage, large } }
  }
  return { ...frozen, files: [...(frozen.files ?? []).filter(({ hash }) => hash !== what.shown.hash), shownFile(what.shown, alts[lang] ?? name)] }
}

const shownFile = (shown: LibraryDocument, title: string): ShownFile => ({ ...shown, title, name: fileName(title, EXTENSIONS[shown.mediaType] ?? 'bin') })

/** Without what a file of the library is or was. @param hashes of all of it */
export function withoutFile({ picture, ...frozen }: Frozen, hashes: ReadonlySet<string>): Frozen {
  const isPicture = picture !== undefined && hashes.has(picture.large.hash)
  const { files, ...rest } = frozen
  const left = files?.filter(({ hash }) => !hashes.has(hash))
  return { ...rest, ...(left && left.length > 0 && { files: left }), ...(picture && !isPicture ? { picture } : {}), ...(isPicture && { pictureId: null }) }
}

/** Every file that one of the library is or was. */
async function hashesOfFile(tx: Tx, fileId: string): Promise<Set<string>> {
  const rows = await tx.selectFrom('libraryBlob').select('hash').where('fileId', '=', fileId).execute()
  return new Set(rows.map(({ hash }) => hash))
}

/** Shows a file of the library with the newest text of these languages, as new revisions. The caller asked who may. @returns how many changed */
export async function showFile(tx: Tx, itemId: string, langs: readonly Lang[], file: LibraryFile, actor: string, now: Temporal.Instant): Promise<number> {
  let changed = 0
  for (const lang of langs) {
    const outcome = await changeShown(tx, { itemId, lang }, file.what.kind === 'picture' ? 'set-picture' : 'add-file', (frozen) => withFile(frozen, file, lang), actor, now)
    if (outcome.changed && outcome.isNew) changed++
  }
  return changed
}

/** The newest text of these languages without a file of the library. @returns how many changed */
export async function hideFile(tx: Tx, itemId: string, langs: readonly Lang[], file: LibraryFile, actor: string, now: Temporal.Instant): Promise<number> {
  const hashes = await hashesOfFile(tx, file.id)
  let changed = 0
  for (const lang of langs) {
    const outcome = await changeShown(tx, { itemId, lang }, file.what.kind === 'picture' ? 'remove-picture' : 'remove-file', (frozen) => withoutFile(frozen, hashes), actor, now)
    if (outcome.changed && outcome.isNew) changed++
  }
  return changed
}

export interface Replaced {
  /** Texts that show the other one now; of these, how many readers see so. */
  changed: number
  published: number
  /** Texts that were left as they are: they are not hers to write, or organisations signed them as they are. */
  left: number
}

/**
 * Puts a file of the library in the place of another, or its newest form in the place of older ones, in every text that its person may
 * write; and where she may publish and readers see exactly the newest text, for readers too. What organisations signed is
 * left: they agreed to exactly that. The caller has locked both. @param zone the site's
 */
export async function replaceFile(tx: Tx, who: OnDuty, old: LibraryFile, next: LibraryFile, zone: string, now: Temporal.Instant): Promise<Replaced> {
  const done: Replaced = { changed: 0, published: 0, left: 0 }
  const hashes = await hashesOfFile(tx, old.id)
  // Upwards, as all who hold several items take them: else two would wait for each other.
  for (const use of (await listUses(tx, old.id, now)).toReversed()) {
    const { itemId, lang, isNewest } = use
    // That a draft of others shows it is told to nobody, in no number either.
    if (!use.isSeen && !mayRead(who, use)) continue
    const item = await lockItem(tx, itemId)
    const revision = await findRevision(tx, itemId, lang)
    const [standing] = await listTextStandings(tx, itemId, now, lang)
    if (!item || !revision || !standing || !isNewest || !mayWrite(who, item, lang) || revision.frozen.signers.some(({ organisationId }) => organisationId !== null)) {
      done.left++
      continue
    }
    const wasPublic = standing.here?.revisionId === revision.id && standing.waiting === null
    const changed = await changeShown(tx, { itemId, lang }, next.what.kind === 'picture' ? 'set-picture' : 'add-file', (frozen) => withFile(withoutFile(frozen, hashes), next, lang), who.id, now)
    if (!changed.changed) done.left++
    if (!changed.changed || !changed.isNew) continue
    done.changed++
    const [anew] = await listTextStandings(tx, itemId, now, lang)
    if (!wasPublic || !mayPublish(who, item, lang) || anew!.lacksConsent) continue
    const out = await publishRevision(tx, { itemId, lang, revisionId: changed.revisionId, from: now, zone }, who.id, now)
    if (out.published) done.published++
  }
  await record(tx, { actor: who.id, act: 'replace-file', subject: `library-file:${old.id}`, detail: { by: next.id, changed: done.changed, published: done.published } }, now)
  return done
}
