import { act } from '#kernel/database/act.ts'
import type { Databases } from '#kernel/database/databases.ts'
import { type Frozen, NOTHING_FROZEN, type Words } from '#rooms/media/frozen.ts'
import type { Kind } from '#rooms/media/item.ts'
import { createItem, giveSlug, saveRevision } from '#rooms/media/server/item-actions.ts'
import { type PublishOutcome, publishRevision } from '#rooms/media/server/publication-actions.ts'
import { withdrawText } from '#rooms/media/server/withdrawal-actions.ts'

const ACTOR = 'operator'
export const ZONE = 'America/Bogota'

/** Short ways through the room's actions, for its tests. */
export function newsroom(db: Databases) {
  const wordsOf = (title: string): Words => ({ title, teaser: `${title}, in short.`, bodyMarkdown: `${title}.\n\nAnd more.` })
  return {
    item: (kind: Kind, now: Temporal.Instant, originalLang = 'en') =>
      act({ db }, (tx) => createItem(tx, { kind, originalLang }, ACTOR, now)),

    /** Saves a text and gives it its address; published by nobody. */
    save: (itemId: string, lang: string, title: string, now: Temporal.Instant, frozen: Partial<Frozen> = {}, slug = title) =>
      act({ db }, async (tx) => {
        const address = await giveSlug(tx, itemId, lang, slug.toLowerCase().replaceAll(' ', '-'), now)
        const saved = await saveRevision(tx, itemId, lang, wordsOf(title), { ...NOTHING_FROZEN, ...frozen }, ACTOR, now)
        return { ...saved, slug: address }
      }),

    publish: (itemId: string, lang: string, revisionId: string, now: Temporal.Instant, from = now): Promise<PublishOutcome> =>
      act({ db }, (tx) => publishRevision(tx, { itemId, lang, revisionId, from, zone: ZONE }, ACTOR, now)),

    withdraw: (itemId: string, lang: string, now: Temporal.Instant, why = 'It was wrong.') =>
      act({ db }, (tx) => withdrawText(tx, { itemId, lang, why, reason: 'withdrawn' }, ACTOR, now)),
  }
}
