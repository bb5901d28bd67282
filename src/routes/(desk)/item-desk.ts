import { error } from '@sveltejs/kit'
import { act } from '#kernel/database/act.ts'
import type { Tx } from '#kernel/database/tables.ts'
import type { House } from '#kernel/house.ts'
import { isId } from '#kernel/id/id.ts'
import type { Lang } from '#kernel/language/language.ts'
import type { Viewer } from '#kernel/viewer/viewer.ts'
import type { OnDuty } from '#rooms/media/keeping.ts'
import type { DeskHeadData } from '#rooms/media/desk-head.ts'
import { type DeskItem, findDeskItem } from '#rooms/media/server/desk-item-queries.ts'
import { lockItem } from '#rooms/media/server/item-actions.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'
import { mayRead } from '#rooms/media/writing.ts'
import { lockDuties } from '#rooms/people/server/duty-queries.ts'
import { signedIn } from './signed-in.ts'

/** The item of an address; whoever may not read it finds an address that never was. */
export async function itemAt({ viewer, reading: { db, now } }: Pick<App.Locals, 'viewer' | 'reading'>, itemId: string): Promise<DeskItem> {
  const who = signedIn(viewer)
  const item = await findDeskItem(db, itemId, now)
  if (!item || !mayRead(who, item)) error(404)
  return item
}

/** What stands above each page of an item. @param lang of the text that the page is about @param spoken of the page */
export function headOf(item: DeskItem, lang: Lang, spoken: Lang): DeskHeadData {
  const text = item.texts.find((one) => one.lang === lang) ?? item.texts[0]
  return { id: item.id, title: text?.title ?? '', titleLang: text?.lang ?? lang, lang, kind: kindName(item.kind, spoken), isTranslation: lang !== item.originalLang, isStarter: item.isStarter }
}

export type LockedItem = NonNullable<Awaited<ReturnType<typeof lockItem>>>

/**
 * One act on an item, by somebody whose duties are asked of the rows and held, with the item locked, until it is done. Whom the
 * rule turns away, and where there is no item, alike: an address that never was.
 */
export function inItem<T>(
  house: Pick<House, 'db' | 'pages' | 'clock'>, viewer: Viewer, itemId: string, may: (who: OnDuty, item: LockedItem) => boolean,
  change: (tx: Tx, who: OnDuty, item: LockedItem, now: Temporal.Instant) => Promise<T>,
): Promise<T> {
  const { id } = signedIn(viewer)
  const now = house.clock()
  return act(house, async (tx) => {
    const who = { id, duties: await lockDuties(tx, id, now) }
    const item = isId(itemId) ? await lockItem(tx, itemId) : undefined
    if (!item || !may(who, item)) error(404)
    return change(tx, who, item, now)
  })
}
