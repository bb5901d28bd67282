import { error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'
import type { House } from '#kernel/house.ts'
import { languageName, ownName } from '#kernel/language/language.ts'
import type { PrintJob } from '#kernel/print/job.ts'
import { tabPath } from '#rooms/media/desk-head.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { cardJob } from '#rooms/media/print/card-data.ts'
import { pointsOf } from '#rooms/media/print/plain-text.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { shareKit } from '#rooms/media/share-kit.ts'
import { headOf, itemAt } from '../../../../../../item-desk.ts'

/** Nobody waits longer to be told how heavy a picture is. */
const MOST_WEIGHING_MS = 2000

export const load = (async ({ locals, params, url }) => {
  const { house, lang: spoken, reading: { db, now } } = locals
  const item = await itemAt(locals, params.id)
  const text = item.texts.find(({ lang }) => lang === params.lang)
  if (!text) error(404)
  const { lang, slug } = text
  const site = await house.site.get()
  // Asked as its public page asks, which has the last word on what readers see.
  const answer = slug !== null && site.languages.includes(lang) ? (await findPublishedItem(db, lang, slug, now))?.answer : undefined
  const about = {
    head: headOf(item, lang, spoken), language: languageName(lang, spoken), isGone: text.isWithdrawn,
    tongues: item.texts.map((one) => ({ lang: one.lang, name: ownName(one.lang), href: tabPath({ id: item.id, lang: one.lang }, 'share') })),
  }
  if (answer?.found !== 'item') return { ...about, kit: null }
  const origin = house.settings.origins[0] ?? url.origin
  const [square, story] = await Promise.all((['square', 'story'] as const).map((shape) => weigh(house, cardJob(answer.item, site, origin, shape))))
  return { ...about, kit: shareKit(answer.item, origin + itemPath(lang, answer.item.slug), pointsOf(answer.item), { square, story }) }
}) satisfies PageServerLoad

async function weigh({ press }: House, job: PrintJob): Promise<number | undefined> {
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), MOST_WEIGHING_MS).unref())
  return Promise.race([press.print(job).then(({ bytes }) => bytes.byteLength, () => undefined), late])
}
