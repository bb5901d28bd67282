import { error } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import type { ReadDb, Tx } from '#kernel/database/tables.ts'
import type { House } from '#kernel/house.ts'
import type { Lang } from '#kernel/language/language.ts'
import { siteName } from '#kernel/site/site.ts'
import type { Site } from '#kernel/site/site.ts'
import type { Viewer } from '#kernel/viewer/viewer.ts'
import { formatInstantDay } from '#kernel/when/phrase.ts'
import { m } from '#kernel/language/m.ts'
import { obstacleToShowing } from '#rooms/media/consent.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import { addsFor, isOut, type LibraryFile, maySeeFile } from '#rooms/media/library.ts'
import { lockFiles } from '#rooms/media/server/library-actions.ts'
import { findFile } from '#rooms/media/server/library-queries.ts'
import type { SentRefusal } from '#rooms/media/server/sent-file.ts'
import { typeName } from '#rooms/media/kind-of-attachment.ts'
import { nameIn } from '#rooms/people/organisation.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { listOrganisations } from '#rooms/people/server/organisation-queries.ts'
import { signedIn } from './signed-in.ts'
import { writerValue } from './writer-typed.ts'

/** The file of an address; whoever may not see it finds an address that never was. */
export async function fileAt({ viewer, reading: { db } }: Pick<App.Locals, 'viewer' | 'reading'>, id: string): Promise<LibraryFile> {
  const who = signedIn(viewer)
  const file = await findFile(db, id)
  if (!file || !maySeeFile(who, file)) error(404)
  return file
}

/**
 * One act on a file, by somebody whose duties are asked of the rows and held, with the file locked, until it is done.
 * @param nextId of another that takes its place, locked with it
 */
export function inFile<T>(
  house: Pick<House, 'db' | 'pages' | 'clock'>, viewer: Viewer, id: string, change: (tx: Tx, who: OnDuty, file: LibraryFile, now: Temporal.Instant, next: LibraryFile | undefined) => Promise<T>, nextId = id,
): Promise<T> {
  const { id: personId } = signedIn(viewer)
  const now = house.clock()
  return act(house, async (tx) => {
    const who = { id: personId, duties: await lockDuties(tx, personId, now) }
    const files = await lockFiles(tx, [id, nextId])
    const file = files.get(id)
    if (!file || !maySeeFile(who, file)) error(404)
    return change(tx, who, file, now, files.get(nextId))
  })
}

/** For whom somebody may add a file, to be chosen from. */
export async function addersFor(db: ReadDb, who: OnDuty, site: Site, spoken: Lang): Promise<{ value: string; text: string }[]> {
  const names = new Map((await listOrganisations(db)).map(({ id, texts }) => [id, nameIn(texts, spoken).text]))
  return addsFor(who).map((id) => ({ value: writerValue(id), text: id === null ? siteName(site, spoken).name : (names.get(id) ?? '–') }))
}

/** What stands at the desk of one file: its name, what keeps it from being seen, and which picture of it to draw. */
export function fileShown(file: LibraryFile, spoken: Lang, now: Temporal.Instant) {
  const { id, name, what, consent } = file
  const own = obstacleToShowing(consent, 'site', now)
  const obstacle = own !== 'withdrawn' && file.isOutElsewhere ? 'elsewhere' : own
  const says = { unknown: m.pic_is_unknown, withdrawn: m.pic_is_withdrawn, over: m.pic_is_over, 'not-here': m.pic_is_not_here, elsewhere: m.pic_is_out_elsewhere }
  return {
    id, name, obstacle, late: obstacle && says[obstacle]({}, { locale: spoken as 'en' }), isPicture: what.kind === 'picture',
    // What was taken back is not drawn at the desk either.
    view: what.kind === 'picture' && !isOut(file) ? `/desk/media/pictures/${id}/view.jpg` : null, size: what.kind === 'picture' ? { width: what.shown.large.width, height: what.shown.large.height } : null,
    type: what.kind === 'file' ? typeName(`x.${what.shown.mediaType.split('/')[1]}`) : '',
  }
}
export type FileShown = ReturnType<typeof fileShown>

/** Who recorded consent, and when. */
export function recordedShown({ consent }: LibraryFile, names: ReadonlyMap<string, string>, spoken: Lang, zone: string): string {
  if (!consent) return ''
  if (consent.reason === 'starter') return m.pic_by_program({}, { locale: spoken as 'en' })
  return m.pic_by({ name: names.get(consent.recordedBy) ?? m.log_operator({}, { locale: spoken as 'en' }), day: formatInstantDay(consent.recordedAt, spoken, zone) }, { locale: spoken as 'en' })
}

const REFUSED: Record<SentRefusal, typeof m.pic_err_no_file> = {
  'no-file': m.pic_err_no_file, 'no-kind': m.pic_err_kind, 'not-a-picture': m.pic_err_kind, svg: m.pic_err_svg, 'other-format': m.pic_err_format, 'too-large': m.pic_err_large,
  'too-many-pixels': m.pic_err_pixels, animated: m.pic_err_animated, damaged: m.pic_err_damaged,
  busy: m.pic_err_busy, full: m.pic_err_full, today: m.pic_err_today,
}
/** Why a file was not taken, as a sentence that says what to do. */
export const refusalSaid = (refused: SentRefusal, spoken: Lang): string => REFUSED[refused]({}, { locale: spoken as 'en' })
