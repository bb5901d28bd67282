import type { House } from '#kernel/house.ts'
import type { Reading } from '#kernel/page-cache/reading.ts'
import type { PrintJob } from '#kernel/print/job.ts'
import { type PressContact, shownChannel } from '#kernel/site/press-contact.ts'
import { listPressContacts } from '#kernel/site/server/press-queries.ts'
import type { Site } from '#kernel/site/site.ts'
import type { ItemPage } from '#rooms/media/item.ts'
import { itemPath } from '#rooms/media/list-address.ts'
import { cardJob } from '#rooms/media/print/card-data.ts'
import { type KitParts, MOST_PICTURE_BYTES, pressKit } from '#rooms/media/print/kit.ts'
import { paperJob } from '#rooms/media/print/paper-data.ts'
import { listRevisions } from '#rooms/media/server/export-queries.ts'
import { findPublishedItem } from '#rooms/media/server/item-queries.ts'
import { hoursOf, spokenOf, whoOf } from '#ui/contact-said.ts'

/**
 * Everything that the press needs of a text, in one file: only what readers may have at this moment, asked for as its pages ask.
 * @throws TooBusy when too many documents wait
 */
export async function makePressKit({ house, reading }: { house: House; reading: Reading }, item: ItemPage, site: Site, origin: string): Promise<Uint8Array> {
  const texts = await listTexts(reading, item, site)
  // One after the other: a kit takes one place in the press, not three.
  const print = async (job: PrintJob) => (await house.press.print(job)).bytes
  const pdf = await print(paperJob(item, 'a4', site, origin + itemPath(item.lang, item.slug)))
  const square = await print(cardJob(item, site, origin, 'square'))
  const story = await print(cardJob(item, site, origin, 'story'))
  const contacts = contactLines(await listPressContacts(reading.db), item.lang)
  return pressKit({
    item, texts, documents: { pdf, square, story }, pictures: await readPictures(house, texts.map((text) => text.item)),
    contacts: contacts.length === 0 && site.contact.email ? [site.contact.email] : contacts,
  }, site, origin)
}

/** The text in every language in which it has a page now; one of a language that was switched off has none. */
async function listTexts({ db, now }: Reading, item: ItemPage, site: Site): Promise<KitParts['texts']> {
  const saved = await listRevisions(db, item.id, { publicAt: now })
  const texts: { item: ItemPage; markdown: string | undefined }[] = []
  for (const { lang, slug } of item.languages) {
    const answer = site.languages.includes(lang) ? (await findPublishedItem(db, lang, slug, now))?.answer : undefined
    if (answer?.found !== 'item') continue
    const { title, teaser } = answer.item
    texts.push({ item: answer.item, markdown: saved.find((one) => one.lang === lang && one.title === title && one.teaser === teaser)?.bodyMarkdown })
  }
  return texts
}

/** The largest of each picture, asked for as its own address asks: what readers may not have any more is not in the kit. */
async function readPictures(house: House, items: readonly ItemPage[]): Promise<KitParts['pictures']> {
  const found: KitParts['pictures'][number][] = []
  let bytesLeft = MOST_PICTURE_BYTES
  for (const { picture, lang } of items) {
    if (!picture || picture.keptFrom?.includes('prints') || found.some(({ shown }) => shown.large.hash === picture.large.hash) || !(await house.mayShowBlob(picture.large.hash))) continue
    const fits = picture.large.byteSize <= bytesLeft
    const bytes = fits ? await house.blobs.read(picture.large.hash) : undefined
    if (fits && !bytes) continue
    bytesLeft -= bytes?.byteLength ?? 0
    found.push({ shown: picture, lang, bytes })
  }
  return found
}

const contactLines = (contacts: readonly PressContact[], lang: string): string[] => contacts.flatMap((contact, i) => [
  ...(i > 0 ? [''] : []), whoOf(contact, lang).text, shownChannel(contact.channel),
  ...(contact.languages.length > 0 ? [spokenOf(contact.languages, lang)] : []), ...(contact.hours ? [hoursOf(contact.hours, lang)] : []),
])
