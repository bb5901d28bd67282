import { type RawBuilder, sql } from 'kysely'
import '#rooms/media/server/tables.ts'
import type { ReadDb } from '#kernel/database/tables.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Consent } from '#rooms/media/consent.ts'
import { isSteward, KEEPING_DUTIES, type OnDuty } from '#rooms/media/keeping.ts'
import type { LibraryFile } from '#rooms/media/library.ts'
import { publicNow } from '#rooms/media/server/public-now-queries.ts'

/** As many as one page shows. */
export const FILES_A_PAGE = 24

export const FILE_STATES = ['unknown', 'unused', 'withdrawn', 'no-alt'] as const
export type FileState = (typeof FILE_STATES)[number]

export interface AskedFiles {
  /** Words of a name, a credit or an alternative text; '' for all. */
  q: string
  state?: FileState | undefined
  /** With `no-alt`: the language in which nothing says what it shows. */
  lang?: Lang | undefined
  kind?: LibraryFile['what']['kind'] | undefined
  /** The organisation; null for the alliance; undefined for all that she may see. */
  of?: string | null
  /** The last file of the page before. */
  before?: string
}

export interface ListedFile extends LibraryFile {
  /** In how many items the newest text, or one that readers see or will see, shows it; of other organisations' only what readers see. */
  uses: number
}

const at = (now: Temporal.Instant) => sql`${now.toString()}::timestamptz`

/** The newest of what was recorded, of a file `f`. */
const NEWEST_CONSENT = sql`(select c.* from consent c where c.file_id = f.id order by c.number desc limit 1)`

/** Of a file `f`: what it shows now was taken out where it stands in the library once more. */
const IS_OUT_ELSEWHERE = sql`exists (select from library_blob o join consent c on c.file_id = o.file_id and c.number = (select max(n.number) from consent n where n.file_id = o.file_id)
  where o.hash = coalesce(f.shown#>>'{large,hash}', f.shown->>'hash') and o.file_id <> f.id and c.state = 'withdrawn')`

/** Revisions `r` that show a file `f` and matter: the newest of a language, and what readers see or will see. */
const IN_USE = (now: Temporal.Instant) => sql`from library_blob l join revision_blob b on b.hash = l.hash join revision r on r.id = b.revision_id
  where l.file_id = f.id and (not exists (select from revision n where n.item_id = r.item_id and n.lang = r.lang and n.number > r.number)
    or exists (select from publication p where p.revision_id = r.id and (p.public_until is null or (p.public_until > ${at(now)} and p.public_until > p.public_from))))`

const COLUMNS = sql`f.id, f.kind, f.organisation_id, f.name, f.credit, f.licence, f.shown, f.added_by, f.added_at,
  coalesce((select json_object_agg(a.lang, a.text) from library_alt a where a.file_id = f.id), '{}') as alts,
  (select json_build_object('state', c.state, 'reason', c.reason, 'shownIn', c.shown_in, 'untilOn', c.until_on, 'endsAt', c.ends_at, 'faceMayBeSeen', c.face_may_be_seen,
    'number', c.number, 'recordedBy', c.recorded_by, 'recordedAt', c.recorded_at) from ${NEWEST_CONSENT} c) as consent, ${IS_OUT_ELSEWHERE} as is_out_elsewhere`

type FileRow = Omit<LibraryFile, 'consent' | 'what'> & {
  kind: 'picture' | 'file'
  shown: never
  consent: (Omit<Consent, 'untilOn' | 'endsAt'> & { untilOn: string | null; endsAt: string | null; number: number; recordedBy: string; recordedAt: string }) | null
}

function fileOf({ kind, shown, consent, ...row }: FileRow): LibraryFile {
  return {
    ...row, what: { kind, shown },
    consent: consent === null ? undefined : {
      ...consent, untilOn: consent.untilOn === null ? null : Temporal.PlainDate.from(consent.untilOn), endsAt: consent.endsAt === null ? null : Temporal.Instant.from(consent.endsAt),
      recordedAt: Temporal.Instant.from(consent.recordedAt),
    },
  }
}

/** One file, for whoever may see it, which the caller asks `maySeeFile`. */
export async function findFile(db: ReadDb, id: string): Promise<LibraryFile | undefined> {
  if (!isId(id)) return undefined
  const { rows } = await sql<FileRow>`select ${COLUMNS} from library_file f where f.id = ${id}`.execute(db as never)
  return rows[0] && fileOf(rows[0])
}

/** What somebody may see of the library, the newest first. */
export async function listFiles(db: ReadDb, who: OnDuty, asked: AskedFiles, now: Temporal.Instant, limit = FILES_A_PAGE): Promise<ListedFile[]> {
  const { q, kind, of, before } = asked
  const words = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<FileRow & { uses: number }>`
    select ${COLUMNS}, (select count(distinct r.item_id)::int ${IN_USE(now)} and ${isTold(who, now)}) as uses from library_file f
    where ${inSight(who)} and ${stands(who, asked, now)} and ${kind === undefined ? sql`true` : sql`f.kind = ${kind}`}
      and ${of === undefined ? sql`true` : sql`f.organisation_id is not distinct from ${of}::uuid`}
      and ${q === '' ? sql`true` : sql`(f.name ilike ${words} or f.credit ilike ${words} or exists (select from library_alt a where a.file_id = f.id and a.text ilike ${words}))`}
      and ${isId(before) ? sql`(f.added_at, f.id) < (select b.added_at, b.id from library_file b where b.id = ${before})` : sql`true`}
    order by f.added_at desc, f.id desc limit ${sql.lit(limit)}`.execute(db as never)
  return rows.map(({ uses, ...row }) => ({ ...fileOf(row), uses }))
}

/** `maySeeFile` as a condition; a test holds the two alike. */
function inSight({ duties }: OnDuty): RawBuilder<boolean> {
  if (isSteward(duties)) return sql`true`
  const organisations = duties.filter(({ duty, organisationId }) => organisationId !== null && (KEEPING_DUTIES as readonly string[]).includes(duty)).map(({ organisationId }) => organisationId!)
  return organisations.length > 0 ? sql`f.organisation_id = any(${organisations}::uuid[])` : sql`false`
}

/** Whether somebody may know that a revision `r` shows a file: she may read its item, or readers see it. */
function isTold({ duties }: OnDuty, now: Temporal.Instant): RawBuilder<boolean> {
  if (isSteward(duties)) return sql`true`
  return sql`(exists (select from item i where i.id = r.item_id and i.written_in is not distinct from f.organisation_id)
    or exists (select from publication p where p.revision_id = r.id and ${publicNow('p', now)}))`
}

function stands(who: OnDuty, { state, lang }: AskedFiles, now: Temporal.Instant): RawBuilder<boolean> {
  if (state === 'unknown') return sql`not exists (select from consent c where c.file_id = f.id)`
  if (state === 'withdrawn') return sql`(exists (select from ${NEWEST_CONSENT} c where c.state = 'withdrawn' or c.ends_at <= ${at(now)}) or ${IS_OUT_ELSEWHERE})`
  if (state === 'unused') return sql`not exists (select ${IN_USE(now)} and ${isTold(who, now)})`
  if (state === 'no-alt') return sql`not exists (select from library_alt a where a.file_id = f.id ${lang === undefined ? sql`` : sql`and a.lang = ${lang}`})`
  return sql`true`
}

/** One language of an item that shows a file. */
export interface Use {
  itemId: string
  lang: Lang
  title: string
  writtenIn: string | null
  originalLang: Lang
  /** The newest text shows it. */
  isNewest: boolean
  /** Readers see a text that shows it, or will. */
  isPublic: boolean
  /** Readers see it at this moment. */
  isSeen: boolean
}

/** Where a file is used, the newest item first. */
export async function listUses(db: ReadDb, fileId: string, now: Temporal.Instant): Promise<Use[]> {
  const { rows } = await sql<Use>`select r.item_id, r.lang, (array_agg(r.title order by r.number desc))[1] as title, i.written_in, i.original_lang,
      bool_or(not exists (select from revision n where n.item_id = r.item_id and n.lang = r.lang and n.number > r.number)) as is_newest,
      bool_or(exists (select from publication p where p.revision_id = r.id and (p.public_until is null or (p.public_until > ${at(now)} and p.public_until > p.public_from)))) as is_public,
      bool_or(exists (select from publication p where p.revision_id = r.id and ${publicNow('p', now)})) as is_seen
    from (select distinct r.id, r.item_id, r.lang, r.title, r.number from (select ${fileId}::uuid as id) f, lateral (select r.* ${IN_USE(now)}) r) r join item i on i.id = r.item_id
    group by r.item_id, r.lang, i.written_in, i.original_lang order by r.item_id desc, r.lang`.execute(db as never)
  return rows
}

/** The files that a revision shows, by the library's ids. */
export async function listFilesOf(db: ReadDb, revisionId: string): Promise<string[]> {
  const rows = await db.selectFrom('libraryBlob').innerJoin('revisionBlob', 'revisionBlob.hash', 'libraryBlob.hash').select('fileId').distinct().where('revisionId', '=', revisionId).execute()
  return rows.map(({ fileId }) => fileId)
}
