import { listExportedBlobs, takeOutBlobs } from '#kernel/blobs/server/exported-files.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { nameWithin } from '#kernel/export/export-path.ts'
import type { ExportWriter } from '#kernel/export/server/export-writer.ts'
import { written } from '#kernel/export/shapes.ts'
import { writeYaml } from '#kernel/export/yaml-text.ts'
import { hashesOfPicture, listExportedPictures } from '#kernel/pictures/server/exported-pictures.ts'
import { type ExportedItem, ITEM_FILE } from '#rooms/media/export/exported-item.ts'
import { type ExportedRevision, writeText } from '#rooms/media/export/exported-text.ts'
import type { Frozen } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import { type ExportScope, listItemIds, listRevisions, listSeen, readBeside, readItem, readSiteRedirects, readTopics, stateOf } from '#rooms/media/server/export-queries.ts'
import { listExportedConsents, shownToOthers } from '#rooms/media/server/consent-export-queries.ts'
import { hashOf } from '#rooms/media/server/item-actions.ts'
import { hashesOf, pictureName } from '#rooms/media/shown.ts'
import { slugOf } from '#rooms/media/slug.ts'

export const TOPICS_FILE = 'topics.yaml'
export const REDIRECTS_FILE = 'redirects.yaml'

export interface TakingOut {
  out: ExportWriter
  db: ReadDb
  scope: ExportScope
  blobFolder: string
  now: Temporal.Instant
  /** Called for each item that was written. */
  count(): void
}

/**
 * Topics, redirects and every item of a snapshot, item by item: how many there are does not change what it takes. Press links stay
 * behind: of each only a hash is kept, and it opens this house alone.
 */
export async function takeOutMedia(taking: TakingOut): Promise<{ items: number; texts: number }> {
  const { out, db, scope } = taking
  await out.put(TOPICS_FILE, writeYaml(written(await readTopics(db)) as object))
  await out.put(REDIRECTS_FILE, writeYaml(written(await readSiteRedirects(db)) as object))
  let [items, texts] = [0, 0]
  for (let ids = await listItemIds(db, null, scope); ids.length > 0; ids = await listItemIds(db, ids.at(-1)!, scope)) {
    for (const id of ids) {
      texts += await takeOutItem(taking, id)
      items++
      taking.count()
    }
  }
  return { items, texts }
}

async function takeOutItem(taking: TakingOut, id: string): Promise<number> {
  const { out, db, scope, blobFolder } = taking
  const item = await readItem(db, id)
  const { keptBy: _, source, sourceKey, writtenIn, ...own } = item
  const revisions = await exportedRevisions(taking, id, item.kind)
  const beside = scoped(scope, revisions, await readBeside(db, id, scope))
  const folder = await out.claim('items', folderName(item, beside, revisions))
  const texts = await writeTexts(taking, folder, id, revisions, beside)
  const pictures = await listExportedPictures(db, scope.publicAt ? [] : [...new Set(revisions.flatMap(({ frozen }) => frozen.pictureId ?? []))])
  const names = new Map(revisions.flatMap(({ frozen }) => namesOf(frozen)))
  const files = await listExportedBlobs(db, [...names.keys(), ...pictures.flatMap(hashesOfPicture)], names)
  const origin = scope.publicAt ? { source: null, sourceKey: null, writtenIn: null } : { source, sourceKey, writtenIn }
  const consents = scope.publicAt ? [] : await listExportedConsents(db, id, [...names.keys()])
  const exported: ExportedItem = { ...own, ...origin, texts, ...beside, pictures, files, consents }
  await out.put(`${folder}/${ITEM_FILE}`, writeYaml(written(exported) as object))
  await takeOutBlobs(out, blobFolder, files)
  return revisions.length
}

async function exportedRevisions({ db, scope }: TakingOut, itemId: string, kind: Kind): Promise<ExportedRevision[]> {
  const rows = await listRevisions(db, itemId, scope)
  const whole = rows.map(({ title, teaser, bodyMarkdown, ...row }) => ({ ...row, kind, words: { title, teaser, bodyMarkdown } }))
  return scope.publicAt ? Promise.all(whole.map((one) => asSeen(db, itemId, one, scope.publicAt!))) : whole
}

/** Without the ids of what readers do not see; its hash is of what is left. */
async function asSeen(db: ReadDb, itemId: string, revision: ExportedRevision, now: Temporal.Instant): Promise<ExportedRevision> {
  const { related, series, ...rest } = await shownToOthers(db, itemId, revision.frozen, now)
  const seen = await listSeen(db, [...(related ?? []), ...(series?.items ?? [])], now)
  const frozen: Frozen = {
    ...rest, pictureId: null, ...(related && { related: related.filter((id) => seen.has(id)) }), ...(series && { series: { ...series, items: series.items.filter((id) => seen.has(id)) } }),
  }
  return { ...revision, createdBy: 'export', frozen, hash: hashOf(revision.kind, revision.lang, revision.words, frozen) }
}

type Beside = Awaited<ReturnType<typeof readBeside>>

/** Of a public export: nothing of languages that readers do not see, no notice, no trace of where it came from or who acted. */
function scoped({ publicAt }: ExportScope, revisions: ExportedRevision[], beside: Beside): Beside {
  if (publicAt === null) return beside
  const seen = new Set(revisions.map(({ lang }) => lang))
  const of = <T extends { lang: string }>(rows: T[]) => rows.filter(({ lang }) => seen.has(lang))
  return {
    slugs: of(beside.slugs).filter(({ isCurrent }) => isCurrent), corrections: of(beside.corrections).filter(({ at }) => Temporal.Instant.compare(at, publicAt) <= 0),
    publications: of(beside.publications).map((one) => ({ ...one, publishedBy: 'export', publicUntil: null, inTranslation: [] })),
    redirects: of(beside.redirects), withdrawals: [], imported: [], starterDecision: null,
  }
}

/** The newest text of a language stands in the item's folder, older ones in a folder beneath. */
async function writeTexts({ out, db, scope, now }: TakingOut, folder: string, itemId: string, revisions: ExportedRevision[], { slugs }: Beside): Promise<Record<string, string[]>> {
  const texts: Record<string, string[]> = {}
  for (const [i, revision] of revisions.entries()) {
    const { lang, number } = revision
    const isNewest = revisions[i + 1]?.lang !== lang
    const file = isNewest ? `${lang}.md` : `revisions/${lang}-${number}.md`
    const slug = slugs.find((one) => one.lang === lang && one.isCurrent)?.slug
    const about = isNewest ? { ...(slug !== undefined && { slug }), state: scope.publicAt ? 'public' : await stateOf(db, { itemId, lang, id: revision.id }, now) } : {}
    await out.put(`${folder}/${file}`, writeText(revision, about))
    ;(texts[lang] ??= []).push(file)
  }
  return texts
}

/** `2021-03-08-our-demand`: its day, as it is filed, and what it is called in its first language. */
function folderName({ createdAt, originalLang }: { createdAt: Temporal.Instant; originalLang: string }, { slugs, publications }: Beside, revisions: ExportedRevision[]): string {
  const day = /^\d{4}-\d\d-\d\d/.exec(revisions.at(-1)?.frozen.when ?? '')?.[0] ?? publications.at(-1)?.sortDay.toString() ?? createdAt.toString().slice(0, 10)
  const current = slugs.filter(({ isCurrent }) => isCurrent)
  const slug = (current.find(({ lang }) => lang === originalLang) ?? current[0])?.slug ?? slugOf(revisions[0]?.words.title ?? '')
  return `${day}-${nameWithin(slug)}`
}

/** What each file is called at its address. */
function namesOf(frozen: Frozen): [string, string][] {
  const { picture, files = [] } = frozen
  const named = new Map<string, string>(hashesOf(frozen).map((hash) => [hash, 'file']))
  for (const file of picture ? [picture.large, ...picture.inPage] : []) named.set(file.hash, pictureName(file))
  for (const { hash, name, captions } of files) {
    named.set(hash, name)
    if (captions) named.set(captions.hash, `${name.replace(/\.[^.]*$/, '')}.vtt`)
  }
  return [...named]
}
