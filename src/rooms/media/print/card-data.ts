import { m } from '#kernel/language/m.ts'
import type { PrintJob } from '#kernel/print/job.ts'
import { type Site, siteName } from '#kernel/site/site.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { regionNames, tongueOf, whenOf } from '#rooms/media/print/paper-data.ts'
import { kindName } from '#rooms/media/ui/kind-name.ts'

/** More would push the title out of its place. */
const MOST_PLACES = 2

/** `wide` is shown where a link is shared; the others are for messengers. */
export type CardFormat = 'wide' | 'square' | 'story'

/** What, where, when, and who speaks, as a picture to be shared. */
export function cardJob(item: ItemPage, site: Site, origin: string, format: CardFormat = 'wide'): PrintJob {
  const { lang } = item
  const spoken = { locale: lang as 'en' }
  const places = regionNames(item)
  const where = places.slice(0, MOST_PLACES).join(', ') + (places.length > MOST_PLACES ? ` +${places.length - MOST_PLACES}` : '')
  const { bare, months } = whenOf(item)
  const data = {
    ...tongueOf(lang), format, title: item.title, kind: kindName(item.kind, lang),
    where: [item.isStarter ? m.starter_mark({}, spoken) : '', where].filter((one) => one !== '').join(' · '),
    when: { words: bare, months }, org: item.isStarter ? m.starter_library({}, spoken) : siteName(site, lang).shortName, host: new URL(origin).host,
  }
  return { template: 'card', output: 'png', data, madeAt: 0 }
}
